internal import CRawRSA
internal import StreamSigning

/// OpenSSL alone, signing and verifying one message in a loop. Belongs to one thread at a time.
final class RawRSA: @unchecked Sendable {
    private let rsa: OpaquePointer
    private let message: [UInt8]
    private var signature: [UInt8]

    init(key: SigningKey, message: [UInt8]) throws {
        let made = try key.pem(.pkcs1).withUnsafeBytes { pem in
            raw_rsa_new(pem.bindMemory(to: CChar.self).baseAddress, pem.count)
        }
        guard let made else { throw MeasurementFailure("OpenSSL does not read the key") }
        rsa = made
        self.message = message
        signature = [UInt8](repeating: 0, count: raw_rsa_signature_count(made))
        try sign(times: 1)
    }

    deinit {
        raw_rsa_free(rsa)
    }

    func sign(times: Int) throws {
        guard raw_rsa_sign(rsa, message, message.count, &signature, times) == times else {
            throw MeasurementFailure("OpenSSL could not sign")
        }
    }

    func verify(times: Int) throws {
        guard raw_rsa_verify(rsa, message, message.count, signature, times) == times else {
            throw MeasurementFailure("OpenSSL could not verify")
        }
    }
}
