@testable import StreamSigning

/// Bytes read from text, for tests that need them as an array.
struct DecodedText {
    let bytes: [UInt8]

    /// Nil unless the text is base64url as this library reads it.
    init?(base64URL text: String) {
        self.init(Array(text.utf8), Base64.url)
    }

    init?(_ text: [UInt8], _ base64: Base64) {
        guard let secret = text.withUnsafeBufferPointer({ base64.decode($0) }) else { return nil }
        bytes = secret.withUnsafeBytes { Array($0) }
    }

    /// Nil unless the text is pairs of hexadecimal digits.
    init?(hex text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

extension VerificationKey {
    /// Whether `signature` is this key's over `message`, without any token around them.
    func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        signature.withUnsafeBytes { signature in message.withUnsafeBytes { handle.isValid(signature, for: $0) } }
    }
}
