import Foundation
import Synchronization

@testable import StreamSigningGate

/// Somebody who writes files, on a thread of its own, until it is told to stop.
final class Writer: Sendable {
    private struct Times {
        var begin = ContinuousClock.now
        var longestBefore: Duration = .zero
        var longest: Duration { max(longestBefore, ContinuousClock.now - begin) }
    }

    private let times = Mutex(Times())
    private let isStopping = Atomic<Bool>(false)
    private let hasStopped = DispatchSemaphore(value: 0)

    /// - Parameter write: called over and over with a number that grows from 0.
    init(_ write: @escaping @Sendable (Int) -> Void) {
        Thread.detachNewThread { [self] in
            var number = 0
            while !isStopping.load(ordering: .relaxed) {
                times.withLock { $0.begin = .now }
                write(number)
                times.withLock { $0.longestBefore = $0.longest }
                number += 1
            }
            hasStopped.signal()
        }
    }

    /// Whether a write has ever taken so long, or takes so long, that a gate may believe a part of a text.
    var wasHeldUp: Bool { times.withLock { $0.longest > .milliseconds(500) } }

    func stop() {
        isStopping.store(true, ordering: .relaxed)
        hasStopped.wait()
    }
}

/// The versions of a playlist, each of which can be recognised and is long enough to be written in many pieces.
enum Playlist {
    static func version(_ number: Int) -> [UInt8] {
        let segments = (0..<2000 + number % 7 * 100).map { "#EXTINF:2.000,\nsegment-\(number)-\($0).m4s\n" }
        return Array("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:\(number)\n\(segments.joined())".utf8)
    }

    /// - Returns: nil if it is none, or a part of one.
    static func number(of content: [UInt8]) -> Int? {
        let lines = String(decoding: content, as: UTF8.self).split(separator: "\n")
        guard lines.count > 1, let number = Int(lines[1].drop { $0 != ":" }.dropFirst()) else { return nil }
        return content == version(number) ? number : nil
    }
}

extension [UInt8] {
    /// Writes it over what a file holds, in pieces, as a program does whose buffer is smaller. None but the last ends with a
    /// line: the gate waits for the rest of a line for a second, and hardly at all where a line has ended.
    func overwrite(_ path: String, pieces: Int = 4096) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        defer { close(file) }
        var rest = self[...]
        while !rest.isEmpty {
            var piece = rest.prefix(pieces)
            if piece.count < rest.count, piece.last == UInt8(ascii: "\n") { piece.removeLast() }
            _ = piece.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            rest = rest.dropFirst(piece.count)
        }
    }
}
