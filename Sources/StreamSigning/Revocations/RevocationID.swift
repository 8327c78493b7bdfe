/// The name of a revocation, by which it is read and lifted: 128 bits, written as 32 lower-case hexadecimal digits.
public struct RevocationID: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    /// - Parameter text: 32 lower-case hexadecimal digits.
    /// - Returns: nil for any other text: no revocation has that name.
    public init?(_ text: String) {
        guard text.utf8.count == 32 else { return nil }
        var words: (high: UInt64, low: UInt64) = (0, 0)
        for byte in text.utf8 {
            guard let digit = byte.asciiHexDigitValue, byte == byte.asciiLowercased else { return nil }
            words = (words.high << 4 | words.low >> 60, words.low << 4 | UInt64(digit))
        }
        (high, low) = words
    }

    /// A fresh id.
    /// - Throws: ``KeyError`` with code ``KeyError/Code/unavailable`` if the machine gives no random bytes.
    public static func random() throws(KeyError) -> RevocationID {
        let bytes = try RandomBytes.make(count: 16)
        let word = { (part: ArraySlice<UInt8>) in part.reduce(0 as UInt64) { $0 << 8 | UInt64($1) } }
        return RevocationID(high: word(bytes.prefix(8)), low: word(bytes.suffix(8)))
    }

    /// A fresh id that begins with 48 bits of the time, in milliseconds. Ids that are made one after another then lie side by side
    /// in a database's index: a thousand that are added at once change a few dozen of its pages, and not a thousand.
    /// - Throws: as ``random()``.
    package static func random(at time: NumericDate) throws(KeyError) -> RevocationID {
        let id = try random()
        let milliseconds = max(0, time.seconds) * 1000 + time.attoseconds / 1_000_000_000_000_000
        return RevocationID(high: UInt64(milliseconds) << 16 | id.high & 0xFFFF, low: id.low)
    }

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The id as text.
    public var rawValue: String {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian), Hex.encode)
    }
}

extension RevocationID: Comparable {
    /// The order of the texts.
    public static func < (left: RevocationID, right: RevocationID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension RevocationID: CustomStringConvertible {
    /// The id as text.
    public var description: String { rawValue }
}
