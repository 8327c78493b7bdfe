import StreamSigning

/// Where a manifest is, and which paths of its origin lead to the files of its video.
struct ManifestPlace: Sendable {
    /// `account/video`, below the folder of all media.
    let videoFolder: String
    /// The manifest's folder below the video's: empty, or with a slash at its end.
    let folder: [UInt8]
    /// `/video/`: how a video is addressed where the token is not in the path, and at Cloudflare Stream.
    private let videoPath: [UInt8]
    /// `/account/video/`: where a file is in the folder of all media.
    private let accountPath: [UInt8]

    /// - Parameter path: of the manifest, below the folder of all media.
    /// - Returns: nil if it is not in a video's folder.
    init?(_ path: String) {
        let names = path.split(separator: "/", omittingEmptySubsequences: false)
        guard names.count > 2 else { return nil }
        videoFolder = "\(names[0])/\(names[1])"
        folder = names[2...].dropLast().flatMap { Array($0.utf8) + [UInt8(ascii: "/")] }
        videoPath = Array("/\(names[1])/".utf8)
        accountPath = Array("/\(videoFolder)/".utf8)
    }

    /// How many bytes of a path stand for the video's folder; nil if it leads to something else.
    ///
    /// Besides the two ways in which a video is addressed, `/` stands for the video's folder if that has what the path's first
    /// segment names. Everything else on this origin belongs to others, who may be behind the same proxy.
    /// - Parameters:
    ///   - path: begins with a slash.
    ///   - hasName: whether the video's folder has a file or a folder of that name.
    func prefix(of path: Slice<UnsafeRawBufferPointer>, hasName: (String) -> Bool) -> Int? {
        for prefix in [videoPath, accountPath] where path.starts(with: prefix) { return prefix.count }
        let name = path.dropFirst().prefix { $0 != UInt8(ascii: "/") }
        guard let bytes = PercentEncoding.decode(name, brokenEscape: .refused), bytes.first != UInt8(ascii: "."),
            !bytes.isEmpty, !bytes.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "/") }),
            let text = String(validating: bytes, as: UTF8.self)
        else { return nil }
        return hasName(text) ? 1 : nil
    }
}
