import Foundation
import Synchronization

@testable import StreamSigningGate

/// Somebody who writes files, on a thread of its own, until it is told to stop.
final class Writer: Sendable {
    private let isStopping = Atomic<Bool>(false)
    private let hasStopped = DispatchSemaphore(value: 0)

    /// - Parameter write: called over and over with a number that grows from 0.
    init(_ write: @escaping @Sendable (Int) -> Void) {
        Thread.detachNewThread { [self] in
            var number = 0
            while !isStopping.load(ordering: .relaxed) {
                write(number)
                number += 1
            }
            hasStopped.signal()
        }
    }

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
    /// Writes it over what a file holds, in pieces, as a program does whose buffer is smaller.
    func overwrite(_ path: String, pieces: Int = 4096) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        defer { close(file) }
        for start in stride(from: 0, to: count, by: pieces) {
            let piece = self[start..<Swift.min(start + pieces, count)]
            _ = piece.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        }
    }
}
