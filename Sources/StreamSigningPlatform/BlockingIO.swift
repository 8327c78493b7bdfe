/// Reading and writing that continues after an interruption, and waits even on a non-blocking descriptor.
///
/// Another process that shares a pipe may have made it non-blocking: Node does so.
package enum BlockingIO {
    /// Writes all of `bytes`.
    /// - Returns: 0, or the `errno` of what failed.
    package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        var rest = bytes
        while !rest.isEmpty {
            let count = write(descriptor, rest.baseAddress, rest.count)
            if count >= 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else {
                let code = errno
                guard mayTryAgain(descriptor, POLLOUT, after: code) else { return code }
            }
        }
        return 0
    }

    /// Reads once, and waits until there is something to read.
    /// - Returns: how many bytes were read, none at the end; or the `errno` of what failed.
    package static func readOnce(
        into buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32
    ) -> (count: Int, code: Int32) {
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            guard count < 0 else { return (count, 0) }
            let code = errno
            guard mayTryAgain(descriptor, POLLIN, after: code) else { return (0, code) }
        }
    }

    private static func mayTryAgain(_ descriptor: Int32, _ event: Int32, after code: Int32) -> Bool {
        if code == EAGAIN || code == EWOULDBLOCK {
            var wanted = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            return poll(&wanted, 1, -1) >= 0 || errno == EINTR
        }
        return code == EINTR
    }
}
