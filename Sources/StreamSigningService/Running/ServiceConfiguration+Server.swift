#if Service
    import Hummingbird
    import HummingbirdCore
    import HummingbirdTLS
    import NIOCore
    import NIOSSL

    extension ServiceConfiguration {
        /// HTTP within the limits, and encrypted if there is a certificate.
        func server() throws -> HTTPServerBuilder {
            let http = HTTPServerBuilder.http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        MalformedRequestEnvelope(), ExpectedContinue(bodyLimit: limits.bodyBytes),
                        ConnectionDeadline(.nanoseconds(limits.requestTimeout.nanoseconds)),
                    ],
                    idleTimeout: .nanoseconds(limits.idleTimeout.nanoseconds),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
                        maxHeaderFieldCount: 100)))
            guard let tls else { return http }
            return try .tls(http, tlsConfiguration: tls.serverConfiguration())
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
