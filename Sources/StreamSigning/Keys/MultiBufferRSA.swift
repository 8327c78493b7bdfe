internal import COpenSSLShim

/// Eight RSA operations at a time, by Intel's crypto_mb.
///
/// Batches use it where it is there: ``TokenSigner/signBatch(_:)``, ``TokenSigner/sign(_:)-([PlaybackClaims])``,
/// ``TokenVerifier/authenticate(_:)-([String])`` and ``TokenVerifier/verify(_:for:at:)-([String],_,_)``. It needs Linux on a
/// processor with AVX-512 IFMA, and it works for keys of 2,048 bits with the exponent 65,537. OpenSSL does everything else, and
/// everything where the library is missing; the results are the same.
///
/// The library is opened by the first batch, and used once it has passed a self-test. Every signature it makes is verified
/// before anybody gets it, and a library that makes a mistake is not used again.
///
/// ```swift
/// MultiBufferRSA.choose(.file("/opt/streamsign/libcrypto_mb.so.13"))
/// if case .notInUse(let reason) = MultiBufferRSA.status { logger.notice("OpenSSL alone: \(reason)") }
/// ```
public enum MultiBufferRSA {
    /// Which library to use.
    public enum Choice: Sendable, Hashable {
        /// `libcrypto_mb.so.13` from the program's folder or, if it is not there, from where the system keeps libraries.
        case automatic
        /// None.
        case off
        /// The one in this file.
        case file(String)
    }

    /// Whether batches use the library, and why not.
    public enum Status: Sendable, Hashable {
        /// They do: its name and version.
        case inUse(String)
        /// OpenSSL does everything, for this reason.
        case notInUse(reason: String)
    }

    /// Chooses for this process. Without a choice, the variable `STREAMSIGN_CRYPTO_MB` decides: `auto`, which is the default, `off`
    /// or a path.
    /// - Returns: false if it is too late, because a batch or ``status`` has opened the library, or if the path is too long.
    @discardableResult
    public static func choose(_ choice: Choice) -> Bool {
        switch choice {
        case .automatic: ss_multi_buffer_choose("auto")
        case .off: ss_multi_buffer_choose("off")
        case .file(let path): ss_multi_buffer_choose(path)
        }
    }

    /// Whether several operations together are faster than one by one.
    package static var isInUse: Bool { ss_multi_buffer_shared_reason() == nil }

    /// Whether batches use the library now. The first call opens and tests it, which takes some milliseconds.
    public static var status: Status {
        if let reason = ss_multi_buffer_shared_reason() { return .notInUse(reason: String(cString: reason)) }
        guard let library = ss_multi_buffer_shared() else { return .notInUse(reason: "not found") }
        return .inUse(String(cString: ss_multi_buffer_name(library)))
    }
}

extension MultiBufferRSA.Status: CustomStringConvertible {
    /// For a person: `8 (crypto_mb 2.3.0)`, or `1 (OpenSSL; crypto_mb: …)` with the reason.
    public var description: String {
        switch self {
        case .inUse(let library): "\(operationsAtATime) (\(library))"
        case .notInUse(let reason): "\(operationsAtATime) (OpenSSL; crypto_mb: \(reason))"
        }
    }

    /// 8 or 1.
    public var operationsAtATime: Int {
        switch self {
        case .inUse: 8
        case .notInUse: 1
        }
    }
}
