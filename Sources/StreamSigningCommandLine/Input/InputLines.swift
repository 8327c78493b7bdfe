internal import Dispatch
internal import StreamSigning
internal import StreamSigningPlatform

/// The lines of standard input, read as they come. Blank lines at the end do not count.
///
/// An actor with its own queue: a read that waits must not block one of the few threads that sign and verify.
package actor InputLines {
    /// One line without its end.
    package struct Line: Sendable {
        /// Counted from 1.
        package let number: Int
        let bytes: ArraySlice<UInt8>
        /// Whether the line goes on beyond the limit. The rest of it is skipped.
        let isCut: Bool

        /// Bytes that are not UTF-8 become a character that no video's id and no token has.
        package var text: String { String(decoding: bytes, as: UTF8.self) }

        /// nil if the bytes are not UTF-8.
        package var validText: String? { String(validating: bytes, as: UTF8.self) }
    }

    /// As much as a batch of tokens needs.
    private static let chunkCount = 256 * 1024

    /// In bytes.
    private let longestLine: Int
    private let batchCount: Int
    private let queue = ReadingQueue()
    private var buffer: ArraySlice<UInt8> = []
    private var isSkipping = false
    private var hasEnded = false
    private var count = 0
    /// Blank lines that are the last ones so far.
    private var blankCount = 0
    private var failure: CommandFailure?

    /// - Parameters:
    ///   - longestLine: how many bytes of a line are kept.
    ///   - batchCount: the most lines in a batch. The work on one should take some milliseconds.
    package init(longestLine: Int, batchCount: Int = 64) {
        self.longestLine = longestLine
        self.batchCount = batchCount
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// The next few lines. It waits for the first, and not for more.
    /// - Returns: nil at the end.
    /// - Throws: ``CommandFailure`` if standard input cannot be read, after all lines before have been returned.
    package func next() throws(CommandFailure) -> [Line]? {
        var batch: [Line] = []
        while failure == nil, batch.count < batchCount {
            do throws(CommandFailure) {
                guard let line = try nextLine(mayWait: batch.isEmpty) else { break }
                guard !line.bytes.isEmpty else {
                    blankCount += 1
                    continue
                }
                batch += (line.number - blankCount..<line.number).map { Line(number: $0, bytes: [], isCut: false) }
                blankCount = 0
                batch.append(line)
            } catch {
                failure = error
            }
        }
        if batch.isEmpty, let failure { throw failure }
        return batch.isEmpty ? nil : batch
    }

    /// - Returns: nil at the end of the input, or if it may not wait and would have to.
    private func nextLine(mayWait: Bool) throws(CommandFailure) -> Line? {
        var searched = buffer.startIndex
        while true {
            if let end = buffer[searched...].firstLineFeed {
                let bytes = buffer[..<end]
                buffer = buffer[(end + 1)...]
                searched = buffer.startIndex
                guard !isSkipping else {
                    isSkipping = false
                    continue
                }
                return line(bytes)
            }
            if isSkipping {
                buffer = []
            } else if buffer.count > longestLine {
                defer { buffer = [] }
                isSkipping = true
                return line(buffer)
            }
            if hasEnded {
                defer { buffer = [] }
                return buffer.isEmpty ? nil : line(buffer)
            }
            guard mayWait else { return nil }
            // Once a result could not be written, the rest of standard input is not needed, and may never come.
            while !StandardStreams.isReadable(STDIN_FILENO, within: .milliseconds(100)) {
                if Task.isCancelled { return nil }
            }
            let rest = buffer.count
            let chunk = try FileContents.readChunk(STDIN_FILENO, name: "standard input", capacity: Self.chunkCount)
            hasEnded = chunk.isEmpty
            buffer = rest == 0 ? chunk[...] : (buffer + chunk)[...]
            searched = buffer.startIndex + rest
        }
    }

    private func line(_ bytes: ArraySlice<UInt8>) -> Line {
        count += 1
        // Editors on Windows begin a file with a byte order mark.
        let isMarked = count == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let text = isMarked ? bytes.dropFirst(3) : bytes
        let bytes = text.last == UInt8(ascii: "\r") ? text.dropLast() : text
        let isCut = bytes.count > longestLine
        return Line(number: count, bytes: isCut ? bytes.prefix(longestLine) : bytes, isCut: isCut)
    }
}

extension ArraySlice<UInt8> {
    /// By libc's vector code: most of the time that reading takes is this search.
    fileprivate var firstLineFeed: Int? {
        withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, let found = memchr(start, Int32(UInt8(ascii: "\n")), bytes.count)
            else {
                return nil
            }
            return startIndex + (UnsafeRawPointer(found) - start)
        }
    }
}

/// Runs an actor's work on one thread that may wait.
private final class ReadingQueue: SerialExecutor {
    private let queue = DispatchQueue(label: "streamsign.standard-input")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
