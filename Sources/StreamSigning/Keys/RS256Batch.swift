internal import COpenSSLShim

/// Signatures and verifications that are at hand together, on the calling thread. They may be of different keys.
enum RS256Batch {
    /// Makes all signatures, each verified before it is written.
    static func sign(_ items: [ss_rs256_signing]) throws(KeyError) {
        try sign(items, by: items.count < SS_SIGNING_LANES_MIN ? nil : ss_multi_buffer_shared())
    }

    /// - Parameter library: nil for OpenSSL alone.
    static func sign(_ items: [ss_rs256_signing], by library: OpaquePointer?) throws(KeyError) {
        var reason = ss_reason()
        let status = ss_rs256_sign_batch(library, items, items.count, &reason)
        try reason.check(status)
    }

    /// Sets the status of each item.
    static func verify(_ items: inout [ss_rs256_verification]) {
        verify(&items, by: items.count < SS_VERIFYING_LANES_MIN ? nil : ss_multi_buffer_shared())
    }

    /// - Parameter library: nil for OpenSSL alone.
    static func verify(_ items: inout [ss_rs256_verification], by library: OpaquePointer?) {
        ss_rs256_verify_batch(library, &items, items.count)
    }
}
