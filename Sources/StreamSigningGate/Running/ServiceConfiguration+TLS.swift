import NIOCore
package import NIOSSL
import StreamSigningHTTP

extension ServiceConfiguration.TLS {
    /// The TLS context of both listeners.
    /// - Throws: ``ServiceFailure`` that names the file.
    package func context() throws -> NIOSSLContext {
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
        // HTTP itself says where an answer ends, so a client that does not say goodbye need not be waited for.
        configuration.shutdownTimeout = .seconds(1)
        return try NIOSSLContext(configuration: configuration)
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
