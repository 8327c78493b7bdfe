import StreamSigningPlatform

/// Which file a path leads to: a different one once the file was removed or replaced.
package struct FileIdentity: Sendable, Equatable {
    private let device: UInt64
    private let number: UInt64

    /// - Returns: nil if there is no file.
    package init?(_ path: String) {
        var status = file_status()
        guard file_status_at(path, &status) == 0 else { return nil }
        (device, number) = (status.device, status.number)
    }
}
