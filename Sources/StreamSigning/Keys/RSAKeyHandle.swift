internal import COpenSSLShim

/// The one owner of a C key. Immutable, and the shim's functions may be called on it from any thread.
final class RSAKeyHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    private init(adopting pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        ss_rsa_key_free(pointer)
    }

    var isPrivate: Bool { ss_rsa_key_is_private(pointer) }
    var bits: Int { Int(ss_rsa_key_bits(pointer)) }
    var signatureCount: Int { (bits + 7) / 8 }

    static func generate(bits: Int) throws(KeyError) -> RSAKeyHandle {
        try make { ss_rsa_key_generate(UInt32(clamping: bits), &$0, &$1) }
    }

    static func `import`(
        _ encoding: ss_encoding, der: SecretBytes, limits: KeyLimits = KeyLimits()
    ) throws(KeyError) -> RSAKeyHandle {
        try make { key, reason in
            var bounds = limits.shimLimits
            return der.withUnsafeBytes {
                ss_rsa_key_import_der(encoding, ss_bytes(borrowing: $0), &bounds, &key, &reason)
            }
        }
    }

    /// - Parameter components: n, e, d, p, q, dp, dq, qi; absent ones have a nil start.
    static func `import`(components: [ss_bytes], limits: KeyLimits) throws(KeyError) -> RSAKeyHandle {
        try make { key, reason in
            var bounds = limits.shimLimits
            return ss_rsa_key_import_components(components, &bounds, &key, &reason)
        }
    }

    func publicHalf() throws(KeyError) -> RSAKeyHandle {
        try Self.make { ss_rsa_key_public_half(pointer, &$0, &$1) }
    }

    func export(_ encoding: ss_encoding) throws(KeyError) -> SecretBytes {
        try Self.buffer { ss_rsa_key_export_der(pointer, encoding, &$0, &$1) }
    }

    func export(_ component: ss_component) throws(KeyError) -> SecretBytes {
        try Self.buffer { ss_rsa_key_export_component(pointer, component, &$0, &$1) }
    }

    /// Writes the RS256 signature of `message` into `signature`, which has ``signatureCount`` bytes.
    func sign(_ message: UnsafeRawBufferPointer, into signature: UnsafeMutableRawBufferPointer) throws(KeyError) {
        var reason = ss_reason()
        let start = signature.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let status = ss_rs256_sign(pointer, ss_bytes(borrowing: message), start, signature.count, &reason)
        try reason.check(status)
    }

    /// Whether `signature` is the RS256 signature of `message`. A failure inside OpenSSL counts as no.
    func isValid(_ signature: UnsafeRawBufferPointer, for message: UnsafeRawBufferPointer) -> Bool {
        ss_rs256_verify(pointer, ss_bytes(borrowing: message), ss_bytes(borrowing: signature)) == SS_OK
    }

    /// For ``RS256Batch``, during which the caller keeps the key and both buffers.
    func signing(
        _ message: UnsafeRawBufferPointer, into signature: UnsafeMutableRawBufferPointer
    ) -> ss_rs256_signing {
        ss_rs256_signing(
            key: pointer, message: ss_bytes(borrowing: message),
            signature: signature.baseAddress?.assumingMemoryBound(to: UInt8.self), capacity: signature.count)
    }

    /// As ``signing(_:into:)``.
    func verification(
        of signature: UnsafeRawBufferPointer, for message: UnsafeRawBufferPointer
    ) -> ss_rs256_verification {
        ss_rs256_verification(
            key: pointer, message: ss_bytes(borrowing: message), signature: ss_bytes(borrowing: signature),
            status: SS_FAILED)
    }

    private static func make(
        _ body: (inout OpaquePointer?, inout ss_reason) -> ss_status
    ) throws(KeyError) -> RSAKeyHandle {
        var reason = ss_reason()
        var pointer: OpaquePointer?
        // Not as an argument of `check`, which would look at the reason as it was before.
        let status = body(&pointer, &reason)
        try reason.check(status)
        guard let pointer else { throw KeyError(.unavailable, "OpenSSL made no key") }
        return RSAKeyHandle(adopting: pointer)
    }

    static func buffer(_ body: (inout ss_buffer, inout ss_reason) -> ss_status) throws(KeyError) -> SecretBytes {
        var reason = ss_reason()
        var buffer = ss_buffer()
        let status = body(&buffer, &reason)
        let secret = SecretBytes(adopting: &buffer)
        try reason.check(status)
        return secret
    }
}

extension ss_bytes {
    init(borrowing bytes: UnsafeRawBufferPointer) {
        self.init(start: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), count: bytes.count)
    }
}

extension ss_reason {
    /// The text the shim left, as an error whose code follows from the status.
    func check(_ status: ss_status) throws(KeyError) {
        guard status != SS_OK else { return }
        let reason = withUnsafeBytes(of: text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let code: KeyError.Code =
            switch status {
            case SS_INVALID: .malformed
            case SS_UNSUPPORTED: .unsupported
            case SS_INCONSISTENT: .inconsistent
            default: .unavailable
            }
        throw KeyError(code, reason)
    }
}

extension RSAKeyHandle {
    /// Whether both have the same modulus and exponent.
    func isSameKey(as other: RSAKeyHandle) -> Bool {
        guard let mine = try? export(SS_PKCS1_PUBLIC), let others = try? other.export(SS_PKCS1_PUBLIC) else {
            return false
        }
        return mine == others
    }
}
