internal import NIOSSL
internal import StreamSigning

/// Who vouches for certificates.
public struct CertificateAuthorities: Sendable {
    /// nil for those that the system trusts.
    let certificates: [NIOSSLCertificate]?

    /// Those that the system trusts.
    public static let system = CertificateAuthorities(certificates: nil)

    private init(certificates: [NIOSSLCertificate]?) {
        self.certificates = certificates
    }

    /// Those of a file, and nobody else, as for a service whose certificate is of a company's own authority.
    ///
    /// Blocks while the file is read.
    /// - Parameter path: a PEM file with one certificate or several; a service's own self-signed certificate will do too.
    /// - Throws: ``ClientError`` with code `invalid_argument`.
    public init(file path: String) throws(ClientError) {
        let certificates: [NIOSSLCertificate]
        do {
            certificates = try NIOSSLCertificate.fromPEMFile(path)
        } catch {
            throw Self.unusable(path)
        }
        guard !certificates.isEmpty else { throw Self.unusable(path) }
        self.certificates = certificates
    }

    private static func unusable(_ path: String) -> ClientError {
        ClientError(.invalidArgument, "\(path): no PEM file with certificates that can be read")
    }
}

extension CertificateAuthorities: CustomStringConvertible {
    /// `system`, or how many there are.
    public var description: String { certificates.map { "\($0.count) of a file" } ?? "system" }
}
