import NIOCore
package import StreamSigning

/// Whom a connection or a request counts for: an IPv4 address, or the first 64 bits of an IPv6 address, which one customer has to themselves.
package struct ConnectionOrigin: Sendable {
    private let isIPv4: Bool
    private let bits: UInt64
    /// One of its addresses.
    private let address: IPAddress?

    /// - Parameter address: nil if it is not known.
    package init(_ address: IPAddress?) {
        self.address = address
        isIPv4 = address?.isIPv4 ?? false
        bits = address.map { $0.isIPv4 ? $0.low : $0.high } ?? 0
    }

    init(_ address: SocketAddress?) {
        self.init(address?.ipAddress.flatMap { IPAddress($0) })
    }

    /// Whether its address is in one of the networks.
    func isIn(_ networks: [IPNetwork]) -> Bool {
        address.map { address in networks.contains { $0.contains(address) } } ?? false
    }
}

extension ConnectionOrigin: Hashable {
    package static func == (left: ConnectionOrigin, right: ConnectionOrigin) -> Bool {
        left.isIPv4 == right.isIPv4 && left.bits == right.bits
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(isIPv4)
        hasher.combine(bits)
    }
}

extension ConnectionOrigin: CustomStringConvertible {
    /// `192.0.2.7` or `2001:db8::/64`.
    package var description: String {
        guard let address else { return "-" }
        return isIPv4 ? "\(address)" : (try? IPNetwork("\(address)/64").description) ?? "\(address)"
    }
}
