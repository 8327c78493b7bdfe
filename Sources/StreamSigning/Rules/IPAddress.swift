internal import StreamSigningPlatform

/// An IPv4 or IPv6 address. An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`) is the IPv4 address it carries.
public struct IPAddress: Sendable, Hashable {
    package let isIPv4: Bool
    /// The bits, an IPv4 address being the lowest 32 of `low`.
    package let high: UInt64
    /// The lower half of the bits.
    package let low: UInt64

    /// - Parameter text: dotted IPv4 without leading zeros, or IPv6 (RFC 4291 2.2) without a zone; no port, no brackets.
    public init?(_ text: String) {
        var text = text
        guard let address = text.withUTF8({ Self.parse($0) }) else { return nil }
        self = address
    }

    init(isIPv4: Bool, high: UInt64, low: UInt64) {
        let isMapped = !isIPv4 && high == 0 && low >> 32 == 0xFFFF
        self.isIPv4 = isIPv4 || isMapped
        self.high = high
        self.low = isMapped ? low & 0xFFFF_FFFF : low
    }

    /// - Parameter bytes: the 4 of an IPv4 address or the 16 of an IPv6 address, in network order.
    package init?(networkBytes bytes: some Collection<UInt8>) {
        func number(_ bytes: some Collection<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        switch bytes.count {
        case 4: self.init(isIPv4: true, high: 0, low: number(bytes))
        case 16: self.init(isIPv4: false, high: number(bytes.prefix(8)), low: number(bytes.dropFirst(8)))
        default: return nil
        }
    }

    static func parse(_ text: some Collection<UInt8>) -> IPAddress? {
        guard let (isIPv4, high, low) = parseBits(text) else { return nil }
        return IPAddress(isIPv4: isIPv4, high: high, low: low)
    }

    /// The bits as written, a mapped address still being IPv6.
    static func parseBits(_ text: some Collection<UInt8>) -> (isIPv4: Bool, high: UInt64, low: UInt64)? {
        guard (2...45).contains(text.count), !text.contains(0) else { return nil }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 46) { terminated in
            for (index, byte) in text.enumerated() {
                terminated[index] = CChar(bitPattern: byte)
            }
            terminated[text.count] = 0
            var four: UInt32 = 0
            if inet_pton(AF_INET, terminated.baseAddress, &four) == 1 {
                return (true, 0, UInt64(UInt32(bigEndian: four)))
            }
            var six: (UInt64, UInt64) = (0, 0)
            guard inet_pton(AF_INET6, terminated.baseAddress, &six) == 1 else { return nil }
            return (false, UInt64(bigEndian: six.0), UInt64(bigEndian: six.1))
        }
    }
}

extension IPAddress: CustomStringConvertible {
    /// The canonical text (RFC 5952).
    public var description: String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 46) { text in
            var four = UInt32(truncatingIfNeeded: low).bigEndian
            var six = (high.bigEndian, low.bigEndian)
            let written =
                isIPv4
                ? inet_ntop(AF_INET, &four, text.baseAddress, 46) : inet_ntop(AF_INET6, &six, text.baseAddress, 46)
            return written.map { String(cString: $0) } ?? ""
        }
    }
}
