/// Base64 in both alphabets, read strictly: each value has one text (RFC 4648 3.5).
///
/// Our own because the available readers skip unknown characters, mix alphabets or ignore the unused bits of the last
/// character, and each of these gives one signed value several spellings.
package struct Base64: Sendable {
    /// base64url without padding: JOSE's (RFC 7515 2).
    package static let url = Base64(
        alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", padded: false)
    /// Standard base64 with padding: what Stream's API puts around `pem` and `jwk`.
    package static let standard = Base64(
        alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", padded: true)

    /// What the last group of a text can hold if it has fewer than four characters.
    private static let mostBytesOfRemainder = 2
    /// Above every combination of four digits.
    private static let invalid: UInt32 = 1 << 31
    private let digits: [UInt8]
    /// What a character adds to its group of four, at each of the four places in turn: 4 times 256 entries.
    private let values: [UInt32]
    private let padded: Bool

    private init(alphabet: StaticString, padded: Bool) {
        digits = alphabet.withUTF8Buffer { Array($0) }
        var values = [UInt32](repeating: Self.invalid, count: 4 * 256)
        for (value, digit) in digits.enumerated() {
            for place in 0..<4 {
                values[place * 256 + Int(digit)] = UInt32(value) << UInt32(18 - 6 * place)
            }
        }
        self.values = values
        self.padded = padded
    }

    func encodedCount(_ count: Int) -> Int {
        padded ? (count + 2) / 3 * 4 : (count * 4 + 2) / 3
    }

    /// The most bytes that a number of texts can hold, which together have `count` characters.
    func decodedCapacity(_ count: Int, texts: Int = 1) -> Int {
        count / 4 * 3 + Self.mostBytesOfRemainder * texts
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
            var output = bytes
            var seen: UInt32 = 0
            while input + 3 < count {
                let group =
                    values[Int(text[input])] | values[256 + Int(text[input + 1])] | values[512 + Int(text[input + 2])]
                    | values[768 + Int(text[input + 3])]
                seen |= group
                output[0] = UInt8(truncatingIfNeeded: group >> 16)
                output[1] = UInt8(truncatingIfNeeded: group >> 8)
                output[2] = UInt8(truncatingIfNeeded: group)
                input += 4
                output += 3
            }
            if input < count {
                let third = count - input == 3 ? values[512 + Int(text[input + 2])] : 0
                let group = values[Int(text[input])] | values[256 + Int(text[input + 1])] | third
                // The bits that belong to no whole byte must be zero.
                guard group & (count - input == 3 ? 0xFF : 0xFFFF) == 0 else { return nil }
                seen |= group
                output[0] = UInt8(truncatingIfNeeded: group >> 16)
                output += 1
                if count - input == 3 {
                    output[0] = UInt8(truncatingIfNeeded: group >> 8)
                    output += 1
                }
            }
            return seen < Self.invalid ? output - bytes : nil
        }
    }

    package func encode(_ bytes: UnsafeRawBufferPointer) -> String {
        let count = encodedCount(bytes.count)
        return String(unsafeUninitializedCapacity: count) { text in
            if let start = text.baseAddress, count > 0 {
                encode(bytes, into: start)
            }
            return count
        }
    }

    package func encode(_ bytes: [UInt8]) -> String {
        bytes.withUnsafeBytes { encode($0) }
    }

    package func encode(_ secret: SecretBytes) -> SecretBytes {
        SecretBytes(count: encodedCount(secret.count)) { text in
            guard let start = text.baseAddress, !text.isEmpty else { return }
            secret.withUnsafeBytes { encode($0, into: start.assumingMemoryBound(to: UInt8.self)) }
        }
    }

    package func decode(_ text: UnsafeBufferPointer<UInt8>) -> SecretBytes? {
        SecretBytes(capacity: decodedCapacity(text.count)) { bytes in
            bytes.baseAddress.flatMap { decode(text, into: $0.assumingMemoryBound(to: UInt8.self)) }
        }
    }
}
