internal import StreamSigningPlatform

/// The three descriptors every process begins with.
package enum StandardStreams {
    static func prepare() {
        // A closed pipe is an error to handle, not a reason to die.
        signal(SIGPIPE, SIG_IGN)
        // A closed descriptor's number would go to the next file that is opened, which then gets our output. In its place
        // goes one that fails for what this descriptor is for.
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) == -1 {
            _ = open("/dev/null", mode)
        }
    }

    /// Writes all of `bytes`.
    /// - Returns: 0, or the `errno` of what failed.
    package static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        var rest = bytes
        while !rest.isEmpty {
            let count = StreamSigningPlatform.write(descriptor, rest.baseAddress, rest.count)
            if count >= 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else {
                let code = errno
                guard mayTryAgain(descriptor, POLLOUT, after: code) else { return code }
            }
        }
        return 0
    }

    /// Whether reading would not wait, for data, the end or an error, after waiting for at most this long.
    static func isReadable(_ descriptor: Int32, within limit: Duration) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let count = poll(&wanted, 1, Int32(limit / .milliseconds(1)))
        return count > 0 || count < 0 && errno != EINTR
    }

    /// Whether a call failed for nothing. Another process may have made the descriptor one that does not wait, as Node does
    /// with its pipes: then this waits.
    static func mayTryAgain(_ descriptor: Int32, _ event: Int32, after code: Int32) -> Bool {
        if code == EAGAIN || code == EWOULDBLOCK {
            var wanted = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            return poll(&wanted, 1, -1) >= 0 || errno == EINTR
        }
        return code == EINTR
    }
}

/// Where data goes, and nothing else.
package enum StandardOutput {
    package static func write(_ bytes: UnsafeRawBufferPointer) throws(CommandFailure) {
        switch StandardStreams.write(bytes, to: STDOUT_FILENO) {
        case 0: return
        case EPIPE: throw .readerGone
        case let code: throw .unusable("standard output", SystemError.text(code))
        }
    }

    package static func write(_ bytes: [UInt8]) throws(CommandFailure) {
        let result = bytes.withUnsafeBytes { bytes in Result { () throws(CommandFailure) in try write(bytes) } }
        try result.get()
    }

    /// As ``print(_:)``, for a command that fails all the same: a reader who has gone must not turn a refusal into success.
    package static func printBeforeFailing(_ text: String) throws(CommandFailure) {
        do throws(CommandFailure) {
            try print(text)
        } catch {
            guard error.status == .readerGone else { throw error }
        }
    }

    /// Writes the text, and the end of its line if it has none.
    package static func print(_ text: String) throws(CommandFailure) {
        try write(Array(text.utf8) + (text.hasSuffix("\n") ? [] : [UInt8(ascii: "\n")]))
    }
}

/// Where everything goes that is not data, a line at a time.
package enum StandardError {
    package static func print(_ line: String) {
        // Nothing is left to say it on if this fails.
        _ = Array("streamsign: \(line.printable)\n".utf8).withUnsafeBytes {
            StandardStreams.write($0, to: STDERR_FILENO)
        }
    }

    package static func note(_ text: String) {
        print("note: \(text)")
    }

    /// Writes on the line that the next status replaces.
    static func status(_ text: String) {
        _ = Array("\r\u{1B}[K\(text)".utf8).withUnsafeBytes { StandardStreams.write($0, to: STDERR_FILENO) }
    }
}
