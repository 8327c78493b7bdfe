internal import COpenSSLShim

/// What a key may be that is read, so that reading costs no more than the caller wants to pay.
///
/// A key is checked when it is read: its numbers must fit together, and what a private one signs must verify. The check of a
/// private key takes about a millisecond at 2,048 bits and some twenty at 8,192; a public key costs a few hundredths of one. The
/// limits are looked at first.
///
/// ```swift
/// let key = try VerificationKey(importing: text, limits: KeyLimits(bits: 4096, exponentBits: 32))
/// ```
///
/// Whatever the limits are, a text has at most 4 MiB and a key at least 2,048 bits.
public struct KeyLimits: Sendable, Hashable {
    /// The most bits that a modulus may have. 8,192 if not given, and at most: larger keys are not read at all.
    public var bits: Int
    /// The most bits that a public exponent may have. 64 if not given, and at most. The usual exponent, 65,537, has 17. Every
    /// verification takes longer with a wider one.
    public var exponentBits: Int
    /// The most private keys that a JWK Set may have. 32 if not given. There is no limit for public ones but the size of the
    /// text.
    public var privateKeysPerSet: Int
    /// Whether what a private key signs need not verify until it signs for the first time: for a process that signs only once.
    package var defersProof = false

    /// Limits; those that are not given are the widest.
    public init(bits: Int = 8192, exponentBits: Int = 64, privateKeysPerSet: Int = 32) {
        self.bits = bits
        self.exponentBits = exponentBits
        self.privateKeysPerSet = privateKeysPerSet
    }

    var shimLimits: ss_key_limits {
        ss_key_limits(
            bits: UInt32(clamping: bits), exponent_bits: UInt32(clamping: exponentBits), defers_proof: defersProof)
    }
}
