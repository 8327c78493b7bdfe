/// Which file a path leads to, and as of when: another one once the file was replaced or written to, or a link to it was turned.
package struct FileVersion: Sendable, Equatable {
    private let device, number: UInt64
    private let size, seconds, nanoseconds: Int64

    /// - Returns: nil if the path leads nowhere.
    package init?(_ path: String) {
        var status = file_status()
        guard file_status_at(path, &status) == 0 else { return nil }
        self.init(status)
    }

    package init(_ status: file_status) {
        (device, number, size) = (status.device, status.number, status.size)
        (seconds, nanoseconds) = (status.modified_seconds, status.modified_nanoseconds)
    }
}
