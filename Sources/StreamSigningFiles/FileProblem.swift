import StreamSigningPlatform

/// Why a file cannot be used: its path, and what is wrong with it.
package struct FileProblem: Error {
    package let reason: String

    package init(_ path: String, _ reason: String) {
        self.reason = "\(path): \(reason)"
    }

    /// - Parameter code: an `errno`.
    package init(_ path: String, errno code: Int32) {
        self.init(path, SystemError.text(code))
    }
}
