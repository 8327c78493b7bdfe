internal import Foundation
internal import Glibc
internal import Synchronization

extension Measurement {
    /// How many of 100,000 answers are not what a writer has left: to readers of manifests that are rewritten in place, cut and
    /// filled again, and renamed over each other, and of a file that grows.
    static let gateLive = Measurement("gate.live.bad_answers") {
        let gate = try GateSubject()
        let (path, port) = (try gate.paths(1)[0], gate.port)
        let folder = "\(gate.folder.path("media"))/\(gate.account.id)/\(GateSubject.video.dropLast())0/manifest"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let packager = try Packager(in: folder)
        let counts = try ThreadTeam.run(LiveReader.count) { number in
            try LiveReader(number, of: packager, at: path, on: port).read(requests: 100_000 / LiveReader.count)
        }
        packager.stop()
        try gate.service.stop()
        return [
            Figure("gate.live.bad_answers", Double(counts.reduce(0, +)), unit: "of 100000", bound: .atMost(0))
        ]
    }
}

/// Writes media until it is stopped, each file in another way.
private final class Packager: Sendable {
    static let manifests = ["inplace.m3u8", "cut.m3u8", "renamed.m3u8"]
    static let growing = "growing.ts"
    private static let piece = 4096

    private let folder: String
    private let isStopping = Atomic<Bool>(false)
    private let hasStopped = DispatchSemaphore(value: 0)
    private let writers = 4
    /// Bytes of the growing file that are there for certain.
    private let grown = Atomic<Int>(0)

    init(in folder: String) throws {
        self.folder = folder
        for name in Self.manifests { try Data(Self.version(0)).write(to: URL(filePath: "\(folder)/\(name)")) }
        try Data(Self.block).write(to: URL(filePath: "\(folder)/\(Self.growing)"))
        grown.store(Self.block.count, ordering: .releasing)
        run(every: 0.2) { number in self.fill("inplace.m3u8", number) }
        run(every: 0.2) { number in
            truncate("\(folder)/cut.m3u8", 0)
            Thread.sleep(forTimeInterval: 0.03)
            self.fill("cut.m3u8", number)
        }
        run(every: 0.1) { number in
            self.fill("new", number)
            rename("\(folder)/new", "\(folder)/renamed.m3u8")
        }
        run(every: 0.005) { _ in self.grow() }
    }

    func stop() {
        isStopping.store(true, ordering: .relaxed)
        for _ in 0..<writers { hasStopped.wait() }
    }

    var grownBytes: Int { grown.load(ordering: .acquiring) }

    /// What the growing file repeats.
    static let block = (0..<piece).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    /// A manifest of that number: recognisable, in many pieces, and of another length than the ones before and after it.
    static func version(_ number: Int) -> [UInt8] {
        let segments = Array("#EXTINF:2.000,\nsegment-\(number).m4s\n".utf8)
        let count = 800 + number % 7 * 100
        return Array("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:\(number)\n".utf8) + (0..<count).flatMap { _ in segments }
    }

    private func run(every pause: TimeInterval, _ write: @escaping @Sendable (Int) -> Void) {
        Thread.detachNewThread { [self] in
            var number = 1
            while !isStopping.load(ordering: .relaxed) {
                write(number)
                number += 1
                Thread.sleep(forTimeInterval: pause)
            }
            hasStopped.signal()
        }
    }

    private func fill(_ name: String, _ number: Int) {
        let content = Self.version(number)
        let file = open("\(folder)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        defer { close(file) }
        for start in stride(from: 0, to: content.count, by: Self.piece) {
            content[start..<min(start + Self.piece, content.count)].withUnsafeBytes { piece in
                _ = write(file, piece.baseAddress, piece.count)
            }
        }
    }

    private func grow() {
        let file = open("\(folder)/\(Self.growing)", O_WRONLY | O_APPEND)
        defer { close(file) }
        Self.block.withUnsafeBytes { block in
            if write(file, block.baseAddress, block.count) == block.count {
                grown.add(block.count, ordering: .acquiringAndReleasing)
            }
        }
    }
}

/// A viewer, who knows what the packager writes.
private struct LiveReader {
    static let count = 8

    private let number: Int
    private let packager: Packager
    private let path: String
    private let connection: HTTPConnection
    private var versions: [Int: [UInt8]] = [:]

    init(_ number: Int, of packager: Packager, at path: String, on port: UInt16) throws {
        self.number = number
        self.packager = packager
        self.path = path.replacing("video.m3u8", with: "")
        connection = try HTTPConnection(to: port, as: nil)
    }

    /// - Returns: how many answers were bad.
    consuming func read(requests: Int) throws -> Int {
        var reader = self
        return try (0..<requests).count { try !reader.isGood(request: $0) }
    }

    private mutating func isGood(request: Int) throws -> Bool {
        let kind = (number + request) % (Packager.manifests.count + 1)
        guard kind < Packager.manifests.count else { return try isGoodPart() }
        let answer = try connection.exchange("GET", path + Packager.manifests[kind])
        guard answer.status == 200, let number = Self.sequence(of: answer.body) else { return false }
        let version = versions[number] ?? Packager.version(number)
        versions[number] = version
        return answer.body == version
    }

    /// The last bytes that the growing file is known to have.
    private func isGoodPart() throws -> Bool {
        let size = packager.grownBytes
        let answer = try connection.exchange(
            "GET", path + Packager.growing, fields: ["Range: bytes=\(size - Packager.block.count)-\(size - 1)"])
        return answer.status == 206 && answer.body == Packager.block
    }

    private static func sequence(of body: [UInt8]) -> Int? {
        let head = String(decoding: body.prefix(64), as: UTF8.self).split(separator: "\n").dropFirst().first
        return head.flatMap { Int($0.drop { $0 != ":" }.dropFirst()) }
    }
}
