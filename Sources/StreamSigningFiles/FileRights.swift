package import StreamSigningPlatform

/// Who can get at a file with secrets, or write into a folder of such files, besides its owner.
///
/// A mode that everyone may use is a risk where other users have accounts, and none where the program is alone with its volume. So
/// it counts whether the operator decides about the mode, or the platform: Kubernetes sets the rights of volumes at each start,
/// and network file systems may not have any.
package struct FileRights: Sendable {
    /// Who may read or change a file, or change what is in a folder.
    package enum Openness: Sendable {
        /// Its owner, and root.
        case closed
        /// Its group as well.
        case group
        /// Every user of the machine.
        case everyone
    }

    private let path: String
    private let status: file_status

    package init(_ path: String, _ status: file_status) {
        self.path = path
        self.status = status
    }

    /// - Returns: nil if the path leads nowhere.
    package init?(_ path: String) {
        var status = file_status()
        guard file_status_at(path, &status) == 0 else { return nil }
        self.init(path, status)
    }

    package var openness: Openness {
        // What is in a folder has rights of its own, but everyone who may write into it can replace it.
        let everyone: UInt32 = isFolder ? 0o002 : 0o006
        if status.permissions & everyone != 0 { return .everyone }
        return status.permissions & (everyone << 3) != 0 ? .group : .closed
    }

    /// Whether the operator could give it another mode, which would last.
    private var isUpToOperator: Bool {
        guard let resolved = realpath(path, nil) else { return true }
        defer { free(resolved) }
        let place = String(cString: resolved)
        guard isFolder else { return !Self.isOnVolume(place) }
        // Somebody else made the folder for us. One such as `/tmp` was made for everyone.
        let isGiven = !isOwn && geteuid() != 0 && status.permissions & 0o1000 == 0
        return !file_is_mount(place) && !isGiven
    }

    /// Whether others get at it only because the operator left it so. A group that lets us in is needed.
    package var canBeClosed: Bool {
        switch openness {
        case .closed: false
        case .group: isUpToOperator && isOwn
        case .everyone: isUpToOperator
        }
    }

    /// Why it must not be used; nil if it may be.
    package var risk: String? {
        guard openness == .everyone, isUpToOperator else { return nil }
        return """
            every user of this machine may \(use) (mode \(mode)): run `\(remedy)` on it, or set \
            STREAMSIGN_FILE_RIGHTS=warn if nobody else has an account here
            """
    }

    /// What the operator should know of a file or folder that is used all the same; nil if there is nothing to say.
    package var warning: String? {
        switch openness {
        case .closed: nil
        case .group: canBeClosed ? "its group may \(use) (mode \(mode)): `\(remedy)` keeps it to its owner" : nil
        case .everyone:
            "every user of this machine may \(use) (mode \(mode)): a risk unless nobody else has an account here"
        }
    }

    package var isRegular: Bool { status.kind == FILE_KIND_REGULAR }
    private var isFolder: Bool { status.kind == FILE_KIND_FOLDER }
    private var isOwn: Bool { status.owner == geteuid() }
    private var mode: String { String(status.permissions, radix: 8) }
    private var use: String { isFolder ? "write here" : "use this file" }
    private var remedy: String { isFolder ? "chmod 700" : "chmod 600" }

    /// Whether a file is mounted, or is in the folder of a mount: in a Kubernetes secret, in a dated folder of that.
    private static func isOnVolume(_ file: String) -> Bool {
        if file_is_mount(file) { return true }
        let folder = PrivateFile.folder(of: file)
        if folder.split(separator: "/").last?.hasPrefix("..") == true {
            return file_is_mount(PrivateFile.folder(of: folder))
        }
        // `/tmp` may be a mount too.
        var status = file_status()
        guard folder != "/", file_status_at(folder, &status) == 0, status.permissions & 0o1000 == 0 else {
            return false
        }
        return file_is_mount(folder)
    }
}
