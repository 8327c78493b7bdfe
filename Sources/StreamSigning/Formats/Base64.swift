/// Base64 in both alphabets, read strictly: one text a value (RFC 4648 3.5).
///
/// Our own because the readers at hand skip unknown characters, mix alphabets or ignore the unused bits of the last
/// character, and each of these gives one signed value several spellings.
struct Base64: Sendable {
    /// base64url without padding: JOSE's (RFC 7515 2).
    static let url = Base64(alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", padded: false)
    /// Standard base64 with padding: what Stream's API puts around `pem` and `jwk`.
    static let standard = Base64(
        alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", padded: true)

    private static let invalid: UInt8 = 0xFF
    private let digits: [UInt8]
    private let values: [UInt8]
    private let padded: Bool

    private init(alphabet: StaticString, padded: Bool) {
        digits = alphabet.withUTF8Buffer { Array($0) }
        var values = [UInt8](repeating: Self.invalid, count: 256)
        for (value, digit) in digits.enumerated() {
            values[Int(digit)] = UInt8(value)
        }
        self.values = values
        self.padded = padded
    }

    func encodedCount(_ count: Int) -> Int {
        padded ? (count + 2) / 3 * 4 : (count * 4 + 2) / 3
    }

    /// The most bytes that a text of `count` characters can hold.
    func decodedCapacity(_ count: Int) -> Int {
        count / 4 * 3 + 2
    }

    /// Writes exactly `encodedCount(bytes.count)` characters.
    func encode(_ bytes: UnsafeRawBufferPointer, into text: UnsafeMutablePointer<UInt8>) {
        digits.withUnsafeBufferPointer { digits in
            var output = text
            var index = 0
            while index + 2 < bytes.count {
                let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
                output[0] = digits[Int(group >> 18)]
                output[1] = digits[Int(group >> 12 & 63)]
                output[2] = digits[Int(group >> 6 & 63)]
                output[3] = digits[Int(group & 63)]
                output += 4
                index += 3
            }
            guard index < bytes.count else { return }
            let second: UInt8? = index + 1 < bytes.count ? bytes[index + 1] : nil
            let group = UInt32(bytes[index]) << 16 | UInt32(second ?? 0) << 8
            output[0] = digits[Int(group >> 18)]
            output[1] = digits[Int(group >> 12 & 63)]
            if second != nil {
                output[2] = digits[Int(group >> 6 & 63)]
            }
            guard padded else { return }
            if second == nil {
                output[2] = UInt8(ascii: "=")
            }
            output[3] = UInt8(ascii: "=")
        }
    }

    /// Decodes `text` into `bytes`, which has room for `decodedCapacity(text.count)`.
    /// - Returns: how many bytes were written, or nil if the text is not this encoding's one text of any value.
    func decode(_ text: UnsafeBufferPointer<UInt8>, into bytes: UnsafeMutablePointer<UInt8>) -> Int? {
        var count = text.count
        if padded {
            guard count % 4 == 0 else { return nil }
            if count > 0, text[count - 1] == UInt8(ascii: "=") {
                count -= text[count - 2] == UInt8(ascii: "=") ? 2 : 1
            }
        }
        guard count % 4 != 1 else { return nil }
        return values.withUnsafeBufferPointer { values in
            var input = 0
            var output = 0
            var rejected: UInt8 = 0
            while input + 3 < count {
                let first = values[Int(text[input])]
                let second = values[Int(text[input + 1])]
                let third = values[Int(text[input + 2])]
                let fourth = values[Int(text[input + 3])]
                rejected |= first | second | third | fourth
                bytes[output] = first << 2 | second >> 4
                bytes[output + 1] = second << 4 | third >> 2
                bytes[output + 2] = third << 6 | fourth
                input += 4
                output += 3
            }
            // A valid digit is below 64, so the two top bits of an invalid one survive the ORs.
            guard rejected < 64 else { return nil }
            guard input < count else { return output }
            let first = values[Int(text[input])]
            let second = values[Int(text[input + 1])]
            guard (first | second) < 64 else { return nil }
            bytes[output] = first << 2 | second >> 4
            guard count - input == 3 else { return second & 15 == 0 ? output + 1 : nil }
            let third = values[Int(text[input + 2])]
            guard third < 64, third & 3 == 0 else { return nil }
            bytes[output + 1] = second << 4 | third >> 2
            return output + 2
        }
    }

    func encode(_ bytes: UnsafeRawBufferPointer) -> String {
        let count = encodedCount(bytes.count)
        return String(unsafeUninitializedCapacity: count) { text in
            if let start = text.baseAddress, count > 0 {
                encode(bytes, into: start)
            }
            return count
        }
    }

    func encode(_ secret: SecretBytes) -> SecretBytes {
        SecretBytes(count: encodedCount(secret.count)) { text in
            guard let start = text.baseAddress, !text.isEmpty else { return }
            secret.withUnsafeBytes { encode($0, into: start.assumingMemoryBound(to: UInt8.self)) }
        }
    }

    func decode(_ text: UnsafeBufferPointer<UInt8>) -> SecretBytes? {
        SecretBytes(capacity: decodedCapacity(text.count)) { bytes in
            bytes.baseAddress.flatMap { decode(text, into: $0.assumingMemoryBound(to: UInt8.self)) }
        }
    }
}
