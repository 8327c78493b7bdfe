internal import Foundation
internal import StreamSigning

/// OpenSSL alone, a thread and a key of its own for each core.
struct RawRSAOnCores {
    private let cores: [RawRSA]

    /// - Parameters:
    ///   - token: what is signed has the length of its signed part.
    ///   - cores: how many.
    init(
        _ key: SigningKey, signedPartOf token: some StringProtocol,
        cores: Int = ProcessInfo.processInfo.activeProcessorCount
    ) throws {
        let text = Array(token.utf8)
        let message = Array(text.prefix(upTo: text.lastIndex(of: UInt8(ascii: ".")) ?? text.endIndex))
        self.cores = try (0..<cores).map { _ in try RawRSA(key: key, message: message) }
    }

    /// Signatures per second.
    func signingRate() throws -> Double {
        let cores = cores
        return try ThreadTeam.run(cores.count) { number in
            try Pace.measure(for: .seconds(2), batch: 20) { try cores[number].sign(times: $0) }
        }.reduce(0, +)
    }

    /// Verifications per second.
    func verificationRate() throws -> Double {
        let cores = cores
        return try ThreadTeam.run(cores.count) { number in
            try Pace.measure(for: .seconds(2), batch: 200) { try cores[number].verify(times: $0) }
        }.reduce(0, +)
    }
}
