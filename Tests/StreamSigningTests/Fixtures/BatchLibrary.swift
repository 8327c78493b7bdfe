import COpenSSLShim
import CSoftwareMultiBuffer
import Testing

@testable import StreamSigning

/// Who does eight RSA operations at a time.
final class BatchLibrary: @unchecked Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// nil for OpenSSL, one by one.
    private let library: OpaquePointer?
    private let isShared: Bool

    private init(testDescription: String, library: OpaquePointer?, isShared: Bool = false) {
        self.testDescription = testDescription
        self.library = library
        self.isShared = isShared
    }

    deinit {
        if !isShared { ss_multi_buffer_free(library) }
    }

    /// OpenSSL alone, the arithmetic of the tests, and crypto_mb where it is.
    static let all =
        [
            BatchLibrary(testDescription: "OpenSSL", library: nil),
            (try? software()) ?? BatchLibrary(testDescription: "failed its self-test", library: nil),
        ]
        + [ss_multi_buffer_shared()].compactMap { library in
            library.map { BatchLibrary(testDescription: "crypto_mb", library: $0, isShared: true) }
        }

    /// One of its own, which a test may break.
    static func software() throws -> BatchLibrary {
        var functions = software_multi_buffer()
        var library: OpaquePointer?
        var reason = ss_reason()
        let status = ss_multi_buffer_make(&functions, &library, &reason)
        try reason.check(status)
        return BatchLibrary(testDescription: "software", library: library)
    }

    var isRetired: Bool { library.map { ss_multi_buffer_is_retired($0) } ?? false }

    func sign(_ messages: [[UInt8]], with keys: [RSAKeyHandle]) throws -> [[UInt8]] {
        var signatures = keys.map { [UInt8](repeating: 0, count: $0.signatureCount) }
        // Unlike an array, they stay where they are as long as they live.
        let messages = messages.map { SecretBytes(copying: $0) }
        let places = signatures.map { UnsafeMutableRawBufferPointer.allocate(byteCount: $0.count, alignment: 1) }
        defer { for place in places { place.deallocate() } }
        let items = zip(keys, zip(messages, places)).map { key, item in
            item.0.withUnsafeBytes { key.signing($0, into: item.1) }
        }
        try withExtendedLifetime((keys, messages)) { try RS256Batch.sign(items, by: library) }
        for (index, place) in places.enumerated() { signatures[index] = Array(place) }
        return signatures
    }

    func verify(_ lanes: [BatchLane]) -> [Bool] {
        let texts = lanes.map { (SecretBytes(copying: $0.signature), SecretBytes(copying: $0.message)) }
        var items = zip(lanes, texts).map { lane, text in
            text.0.withUnsafeBytes { signature in
                text.1.withUnsafeBytes { lane.key.verification(of: signature, for: $0) }
            }
        }
        withExtendedLifetime((lanes, texts)) { RS256Batch.verify(&items, by: library) }
        return items.map { $0.status == SS_OK }
    }
}

extension RSAKeyHandle {
    func sign(_ message: [UInt8]) throws -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: signatureCount)
        try signature.withUnsafeMutableBytes { signature in
            try message.withUnsafeBytes { try sign($0, into: signature) }
        }
        return signature
    }

    func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        signature.withUnsafeBytes { signature in message.withUnsafeBytes { isValid(signature, for: $0) } }
    }
}
