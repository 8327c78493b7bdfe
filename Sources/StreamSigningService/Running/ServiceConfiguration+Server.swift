#if Service
    import HummingbirdCore
    import HummingbirdTLS
    import Logging
    import NIOCore
    import NIOPosix
    import NIOSSL
    import ServiceLifecycle

    extension ServiceConfiguration {
        /// Serves HTTP within the limits, encrypted if there is a certificate, and runs other services beside it, until a graceful
        /// shutdown; then finishes what was accepted.
        /// - Parameters:
        ///   - onRunning: called with the port once requests are accepted.
        ///   - responder: what answers on an event loop.
        /// - Throws: ``ServiceFailure``
        func serve<Responder: HTTPResponder>(
            beside services: [(any Service)?], logger: Logger,
            onRunning: @escaping @Sendable (_ port: Int) async -> Void,
            _ responder: @escaping @Sendable (any EventLoop) -> Responder
        ) async throws {
            // Threads of its own, so that viewers at the gate never wait behind a signature.
            let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
            do {
                let server = try await server(on: group, logger: logger, onRunning: onRunning, responder)
                // Whoever stands last stops first: what answers needs the others until then.
                let all = services.compactMap { $0 } + [Listener(address: "\(host):\(port)", server: server)]
                try await ServiceGroup(services: all, logger: logger).run()
            } catch {
                try? await group.shutdownGracefully()
                throw error
            }
            try? await group.shutdownGracefully()
        }

        private func server<Responder: HTTPResponder>(
            on group: MultiThreadedEventLoopGroup, logger: Logger,
            onRunning: @escaping @Sendable (_ port: Int) async -> Void,
            _ responder: @escaping @Sendable (any EventLoop) -> Responder
        ) async throws -> any Service {
            let timeout = TimeAmount.nanoseconds(limits.requestTimeout.nanoseconds)
            let times = ConnectionTimes(
                idle: .nanoseconds(limits.idleTimeout.nanoseconds), request: timeout, stall: timeout,
                patience: .seconds(20))
            let http = try await HTTPChannel(
                on: group, headerBytes: limits.headerBytes, times: times, isEncrypted: tls != nil, responder)
            let server = ServerConfiguration(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: .maximum(limits.connections, logger: logger))
            func running(_ channel: any ServerChildChannel) -> any Service {
                channel.server(
                    configuration: server, onServerRunning: { await onRunning($0.localAddress?.port ?? 0) },
                    eventLoopGroup: group, logger: logger)
            }
            guard let tls else { return running(http) }
            return running(try TLSChannel(http, tlsConfiguration: tls.serverConfiguration()))
        }
    }

    extension ServiceConfiguration.TLS {
        func serverConfiguration() throws -> TLSConfiguration {
            let chain = try usable(certificateFile, "no PEM file with a certificate that can be read") { path in
                try NIOSSLCertificate.fromPEMFile(path).map { NIOSSLCertificateSource.certificate($0) }
            }
            let key = try usable(keyFile, "no PEM file with a private key that can be read") { path in
                try NIOSSLPrivateKey(file: path, format: .pem)
            }
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain, privateKey: .privateKey(key))
            // NIOSSL's default is 1.0, which RFC 8996 forbids.
            configuration.minimumTLSVersion = .tlsv12
            // HTTP says by itself where an answer ends, so nobody has to wait for an idle client's farewell.
            configuration.shutdownTimeout = .seconds(1)
            return configuration
        }

        private func usable<Value>(
            _ path: String, _ complaint: String, _ read: (String) throws -> Value
        ) throws(ServiceFailure) -> Value {
            do {
                return try read(path)
            } catch {
                throw ServiceFailure(path, complaint)
            }
        }
    }
#endif
