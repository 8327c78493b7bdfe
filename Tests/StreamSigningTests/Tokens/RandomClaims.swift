import Testing

@testable import StreamSigning

/// Random claims within the limits of signing.
struct RandomClaims {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// Valid at 1,760,000,000, for a viewer from 192.0.2.1 in GB.
    mutating func claims() throws -> PlaybackClaims {
        let letters = Array("abcdefXYZ0189-_")
        let id = (0..<Int.random(in: 1...64, using: &random)).compactMap { _ in letters.randomElement(using: &random) }
        return try PlaybackClaims(
            video: VideoID(String(id)), expires: time(after: 1_760_000_001),
            notBefore: random.once(in: 2) ? time(after: 1_600_000_000) : nil, isDownloadable: random.once(in: 2),
            rules: rules(), wantsOriginal: random.once(in: 4), id: random.once(in: 3) ? TokenTerms.randomID() : nil,
            issuedAt: time(after: 1_600_000_000), viewer: viewer(),
            playFor: random.once(in: 3) ? .seconds(Int.random(in: 60...604_800, using: &random)) : nil)
    }

    private mutating func viewer() -> String? {
        guard random.once(in: 3) else { return nil }
        let letters = Array("ab\"\\/é用😀 ")
        return String(
            (0..<Int.random(in: 1...32, using: &random)).compactMap { _ in letters.randomElement(using: &random) })
    }

    private mutating func time(after seconds: Int64) -> NumericDate {
        NumericDate(
            seconds: seconds + Int64.random(in: 0..<100_000_000, using: &random),
            attoseconds: random.once(in: 3) ? Int64.random(in: 0..<1_000_000_000_000_000_000, using: &random) : 0)
    }

    /// Rules that let that viewer pass: what blocks names others.
    private mutating func rules() throws -> [AccessRule] {
        try (0..<Int.random(in: 0...5, using: &random)).map { _ in
            switch Int.random(in: 0..<4, using: &random) {
            case 0: .allow(.any)
            case 1: try .allow(.addresses([network(), network(), IPNetwork("192.0.2.0/24")]))
            case 2: .block(.countries([.ru, .by, .kp].shuffled(using: &random)))
            default: try .block(.addresses([IPNetwork("2001:db8::/32"), network()]))
            }
        }
    }

    private mutating func network() throws -> IPNetwork {
        let prefix = Int.random(in: 33...128, using: &random)
        let groups = (0..<7).map { _ in String(UInt16.random(in: 0...UInt16.max, using: &random), radix: 16) }
        return try IPNetwork("2001:" + groups.joined(separator: ":") + "/\(prefix)")
    }
}
