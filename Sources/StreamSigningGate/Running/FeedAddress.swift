/// Where a node's API is: `https://host:port`.
///
/// Part of a gate's settings, which are read even by a build without the client that asks the node.
public struct FeedAddress: Sendable, Hashable {
    /// The URL without a slash at its end.
    public let url: String

    /// - Parameter text: a scheme, a host and perhaps a port, and nothing else.
    /// - Returns: nil for anything else.
    public init?(_ text: some StringProtocol) {
        let schemes = ["https://", "http://"]
        guard let scheme = schemes.first(where: { text.hasPrefix($0) }) else { return nil }
        var rest = text.dropFirst(scheme.count)
        if rest.last == "/" { rest = rest.dropLast() }
        let isHost = rest.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "-._:[]".utf8.contains(byte)
            }
        }
        guard isHost, !rest.isEmpty, rest.utf8.count <= 300 else { return nil }
        url = scheme + rest
    }
}
