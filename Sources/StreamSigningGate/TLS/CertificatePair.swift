import NIOCore
import NIOSSL
import StreamSigning
import StreamSigningHTTP

/// A certificate with its key, as read from their files.
struct CertificatePair {
    /// What connections use.
    let context: NIOSSLContext
    private let file: String
    private let chain: [NIOSSLCertificate]

    /// - Throws: ``ServiceFailure`` that names the file at fault.
    init(_ files: ServiceConfiguration.TLS) throws(ServiceFailure) {
        file = files.certificateFile
        chain = try Self.read(file, .certificate) { path in
            let chain = try NIOSSLCertificate.fromPEMFile(path)
            return chain.isEmpty ? nil : chain
        }
        let key = try Self.read(files.keyFile, .privateKey) { path in
            try NIOSSLPrivateKey(file: path, format: .pem)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        // NIOSSL's default is 1.0, which RFC 8996 forbids.
        configuration.minimumTLSVersion = .tlsv12
        // HTTP itself says where an answer ends, so a client that does not say goodbye need not be waited for.
        configuration.shutdownTimeout = .seconds(1)
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch NIOSSLError.failedToLoadPrivateKey {
            throw ServiceFailure(files.keyFile, "not the private key of the certificate in \(file)")
        } catch {
            throw ServiceFailure(file, "cannot be used for TLS: \(error)")
        }
    }

    /// What clients will not like about the certificate, a sentence each.
    /// - Parameter time: now.
    func problems(at time: NumericDate) -> [String] {
        chain.enumerated().flatMap { index, certificate in
            let name = index == 0 ? "the certificate" : "certificate \(index + 1) of the chain"
            return Self.problems(of: certificate, at: time).map { "\(name) \($0)" }
        }
    }

    private static func problems(of certificate: NIOSSLCertificate, at time: NumericDate) -> [String] {
        var problems: [String] = []
        let begin = NumericDate(secondsSince1970: Int64(certificate.notValidBefore))
        let end = NumericDate(secondsSince1970: Int64(certificate.notValidAfter))
        if time > end {
            problems.append("has expired: it was valid until \(end)")
        } else if time > end - .seconds(7 * 86_400) {
            problems.append("expires soon: it is valid until \(end)")
        }
        if time < begin { problems.append("is not valid yet: it is valid from \(begin)") }
        guard let strength = (try? certificate.toDERBytes()).flatMap({ CertificateStrength(certificate: $0) }) else {
            return problems
        }
        if strength.hasWeakKey { problems.append("is weak: its key has \(strength.keyBits) bits") }
        if strength.hasWeakSignature { problems.append("is weak: its signature is of a kind that can be forged") }
        return problems
    }

    private static func read<Value>(
        _ path: String, _ content: PEMProblem.Content, _ read: (String) throws -> Value?
    ) throws(ServiceFailure) -> Value {
        guard let value = try? read(path) else {
            throw ServiceFailure(path, PEMProblem(path, expecting: content).reason)
        }
        return value
    }
}
