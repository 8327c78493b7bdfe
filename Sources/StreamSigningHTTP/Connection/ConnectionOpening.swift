import NIOCore
import NIOSSL
import StreamSigning

/// Has a connection served that was accepted: at once, or as soon as the proxy that it comes from has said for whom.
struct ConnectionOpening: Sendable {
    let pipeline: HTTPPipeline
    let tls: (@Sendable () -> NIOSSLContext)?
    let proxies: TrustedProxies
    let headers: ProxyHeaderReports

    /// Adds the handlers. Called on the channel's event loop.
    func open(_ channel: any Channel, _ arrival: Arrival) throws {
        let address = channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
        guard proxies.sendProxyHeader, proxies.contain(address) else {
            return try serve(address, on: channel, arrival.place)
        }
        try channel.pipeline.syncOperations.addHandler(
            ProxyHeaderHandler(
                patience: arrival.place.isReserved ? pipeline.times.brief.proxyHeader : pipeline.times.proxyHeader,
                report: { headers.note($0, from: address) },
                serve: { serve($0, from: address, on: channel, arrival) }))
    }

    /// - Parameter proxy: the address of the proxy.
    private func serve(
        _ header: ProxyHeader, from proxy: IPAddress?, on channel: any Channel, _ arrival: Arrival
    ) -> EventLoopFuture<Void> {
        switch header {
        case .client(let client):
            arrival.exchange(ConnectionOrigin(client)).flatMapThrowing { place in
                guard let place else { throw ChannelError.ioOnClosedChannel }
                try serve(client, on: channel, place)
            }
        // Not the proxy's address: a stranger would be taken for the proxy.
        case .unknownClient: channel.eventLoop.makeCompletedFuture { try serve(nil, on: channel, arrival.place) }
        case .proxyItself: channel.eventLoop.makeCompletedFuture { try serve(proxy, on: channel, arrival.place) }
        }
    }

    /// - Parameter address: of whom the connection is served as.
    private func serve(_ address: IPAddress?, on channel: any Channel, _ place: ConnectionPlace) throws {
        if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls())) }
        try pipeline.addHandlers(to: channel, place, from: proxies.peer(address))
    }
}
