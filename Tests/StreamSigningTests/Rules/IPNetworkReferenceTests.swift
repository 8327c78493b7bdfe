import Testing

@testable import StreamSigning

/// A block as a list of bits: slow, and too simple to be wrong.
private struct NaiveNetwork {
    let isIPv4: Bool
    let bits: [Bool]

    func contains(_ address: (isIPv4: Bool, bits: [Bool])) -> Bool {
        address.isIPv4 == isIPv4 && address.bits.starts(with: bits)
    }
}

@Suite("CIDR blocks, against a list of bits")
struct IPNetworkReferenceTests {
    @Test("hold the same random addresses", arguments: [UInt64](1...6))
    func reference(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let isIPv4 = random.once(in: 2)
            let bits = (0..<(isIPv4 ? 32 : 128)).map { _ in random.once(in: 2) }
            let prefix = Int.random(in: 0...bits.count, using: &random)
            let network = try IPNetwork("\(Self.text(isIPv4: isIPv4, bits))/\(prefix)")
            let naive = NaiveNetwork(isIPv4: isIPv4, bits: Array(bits.prefix(prefix)))
            for _ in 0..<8 {
                var other = bits
                if prefix > 0, random.once(in: 2) { other[Int.random(in: 0..<prefix, using: &random)].toggle() }
                for place in prefix..<bits.count where random.once(in: 2) { other[place].toggle() }
                let text = Self.text(isIPv4: isIPv4, other)
                let address = try #require(IPAddress(text))
                #expect(
                    network.contains(address) == naive.contains((isIPv4, other)), "seed \(seed): \(network), \(text)")
            }
            #expect(try IPNetwork(network.description) == network)
        }
    }

    private static func text(isIPv4: Bool, _ bits: [Bool]) -> String {
        let width = isIPv4 ? 8 : 16
        let groups = stride(from: 0, to: bits.count, by: width).map { start in
            bits[start..<start + width].reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
        }
        return groups.map { String($0, radix: isIPv4 ? 10 : 16) }.joined(separator: isIPv4 ? "." : ":")
    }
}
