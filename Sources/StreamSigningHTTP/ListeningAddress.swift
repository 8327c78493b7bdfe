import StreamSigning

/// Where a service listens, as messages and URLs write it: `127.0.0.1:8787`, `[::1]:8787`.
package struct ListeningAddress: Sendable, Hashable {
    /// A name or an IP address, without brackets.
    package let host: String
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// The same for a client on this machine: what stands for every interface is the address of none.
    package var local: ListeningAddress {
        guard let address = IPAddress(host), address.high == 0, address.low == 0 else { return self }
        return ListeningAddress(host: address.isIPv4 ? "127.0.0.1" : "::1", port: port)
    }
}

extension ListeningAddress: CustomStringConvertible {
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
