internal import Foundation
internal import StreamSigning

/// OpenSSL alone, a thread and a key of its own for each core.
struct RawSigningOnCores {
    private let signers: [RawRSA]

    /// - Parameters:
    ///   - token: what is signed has the length of its signed part.
    ///   - cores: how many.
    init(
        _ key: SigningKey, signedPartOf token: some StringProtocol,
        cores: Int = ProcessInfo.processInfo.activeProcessorCount
    ) throws {
        let text = Array(token.utf8)
        let message = Array(text.prefix(upTo: text.lastIndex(of: UInt8(ascii: ".")) ?? text.endIndex))
        signers = try (0..<cores).map { _ in try RawRSA(key: key, message: message) }
    }

    /// Signatures per second.
    func rate() throws -> Double {
        let signers = signers
        return try ThreadTeam.run(signers.count) { number in
            try Pace.measure(for: .seconds(2), batch: 20) { try signers[number].sign(times: $0) }
        }.reduce(0, +)
    }
}
