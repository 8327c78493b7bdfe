internal import StreamSigningPlatform

/// The three descriptors every process begins with.
enum StandardStreams {
    static func prepare() {
        // A closed pipe is an error to handle, not a reason to die.
        signal(SIGPIPE, SIG_IGN)
        // If a standard descriptor is closed, the next file that is opened would get its number, and then our output. So the
        // number goes to a descriptor that fails instead.
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) == -1 {
            _ = open("/dev/null", mode)
        }
    }

    /// Waits at most this long. Returns whether reading would not wait then, for data, the end or an error.
    static func isReadable(_ descriptor: Int32, within limit: Duration) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let count = poll(&wanted, 1, Int32(limit / .milliseconds(1)))
        return count > 0 || count < 0 && errno != EINTR
    }
}

/// Data goes here, and nothing else.
package enum StandardOutput {
    package static func write(_ bytes: UnsafeRawBufferPointer) throws(CommandFailure) {
        switch BlockingIO.writeAll(bytes, to: STDOUT_FILENO) {
        case 0: return
        case EPIPE: throw .readerGone
        case let code: throw .unusable("standard output", SystemError.text(code))
        }
    }

    package static func write(_ bytes: [UInt8]) throws(CommandFailure) {
        let result = bytes.withUnsafeBytes { bytes in Result { () throws(CommandFailure) in try write(bytes) } }
        try result.get()
    }

    /// As ``print(_:)``, for a command that fails anyway: a reader who has gone must not turn a refusal into success.
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

/// Everything that is not data goes here, a line at a time.
package enum StandardError {
    package static func print(_ line: String) {
        // If this fails, there is nowhere left to report it.
        _ = Array("streamsign: \(line.printable)\n".utf8).withUnsafeBytes {
            BlockingIO.writeAll($0, to: STDERR_FILENO)
        }
    }

    package static func note(_ text: String) {
        print("note: \(text)")
    }

    /// Writes on the line that the next status replaces.
    static func status(_ text: String) {
        _ = Array("\r\u{1B}[K\(text)".utf8).withUnsafeBytes { BlockingIO.writeAll($0, to: STDERR_FILENO) }
    }
}
