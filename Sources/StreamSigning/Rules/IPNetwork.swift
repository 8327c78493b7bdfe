/// A block of addresses in CIDR form (RFC 4632, RFC 4291 2.3); a single address is a block of one.
///
/// An IPv4 block holds no IPv6 address, and the reverse. An IPv4-mapped IPv6 address counts as IPv4.
public struct IPNetwork: Sendable, Hashable {
    private let base: IPAddress
    /// The number of leading bits that count: 0 to 32 or 0 to 128.
    private let prefix: Int

    /// - Parameter text: an address, or an address, `/` and a prefix length. Bits after the prefix are ignored.
    /// - Throws: ``InvalidClaim``.
    public init(_ text: String) throws(InvalidClaim) {
        guard let network = Self.parse(Array(text.utf8)) else {
            throw InvalidClaim("'\(text.excerpt(64))' is not an IP address or CIDR block")
        }
        self = network
    }

    /// The block of this one address.
    public init(_ address: IPAddress) {
        base = address
        prefix = address.isIPv4 ? 32 : 128
    }

    static func parse(_ text: some Collection<UInt8>) -> IPNetwork? {
        guard let slash = text.firstIndex(of: UInt8(ascii: "/")) else {
            return IPAddress.parse(text).map { IPNetwork($0) }
        }
        guard let (isIPv4, high, low) = IPAddress.parseBits(text[..<slash]),
            let prefix = parsePrefix(text[text.index(after: slash)...]), prefix <= (isIPv4 ? 32 : 128)
        else { return nil }
        let address = IPAddress(isIPv4: isIPv4, high: high, low: low)
        guard address.isIPv4, !isIPv4 else { return IPNetwork(masking: address, prefix: prefix) }
        // A mapped block of fewer than 96 bits is wider than the mapped range: it stays IPv6 and holds no IPv4 address.
        guard prefix < 96 else { return IPNetwork(masking: address, prefix: prefix - 96) }
        // Such a prefix leaves out the last bit of `ffff`; without that bit the address is not a mapped one any more.
        return IPNetwork(masking: IPAddress(isIPv4: false, high: high, low: low & ~(1 << 32)), prefix: prefix)
    }

    private init(masking address: IPAddress, prefix: Int) {
        let (high, low) = Self.mask(isIPv4: address.isIPv4, prefix: prefix)
        base = IPAddress(isIPv4: address.isIPv4, high: address.high & high, low: address.low & low)
        self.prefix = prefix
    }

    /// Whether the address is in the block.
    public func contains(_ address: IPAddress) -> Bool {
        guard address.isIPv4 == base.isIPv4 else { return false }
        let (high, low) = Self.mask(isIPv4: base.isIPv4, prefix: prefix)
        return address.high & high == base.high && address.low & low == base.low
    }

    private static func mask(isIPv4: Bool, prefix: Int) -> (high: UInt64, low: UInt64) {
        if isIPv4 { return (0, (UInt64.max << UInt64(32 - prefix)) & 0xFFFF_FFFF) }
        // A smart shift by 64 gives 0.
        return (UInt64.max << max(64 - prefix, 0), UInt64.max << min(128 - prefix, 64))
    }

    private static func parsePrefix(_ text: some Collection<UInt8>) -> Int? {
        guard (1...3).contains(text.count), text.first != UInt8(ascii: "0") || text.count == 1 else { return nil }
        var value = 0
        for byte in text {
            guard byte.isASCIIDigit else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }
}

extension IPNetwork: CustomStringConvertible {
    /// The canonical text; a block of one address is the address alone.
    public var description: String {
        prefix == (base.isIPv4 ? 32 : 128) ? base.description : "\(base)/\(prefix)"
    }
}
