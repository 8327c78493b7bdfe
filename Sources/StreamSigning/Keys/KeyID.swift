/// The name of a signing key: the `kid` of its JWK and of every token it signs (RFC 7515 4.1.4).
///
/// Stream's own ids are 32 lower-case hexadecimal digits, and ``random()`` makes the same form; an imported key
/// keeps the id it came with. Two ids are equal if their UTF-8 bytes are: Unicode equivalence does not count,
/// because to a JSON reader two spellings are two names.
public struct KeyID: Sendable {
    /// The id as text.
    public let rawValue: String

    /// - Parameter text: 1 to 255 bytes of UTF-8 without control characters.
    /// - Throws: ``KeyError`` with code ``KeyError/Code/invalidKeyID``.
    public init(_ text: String) throws(KeyError) {
        guard (1...255).contains(text.utf8.count) else {
            throw KeyError(.invalidKeyID, "a key id has 1 to 255 bytes")
        }
        var text = text
        guard text.withUTF8({ $0.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }) else {
            throw KeyError(.invalidKeyID, "a key id has no control characters")
        }
        rawValue = text
    }

    private init(trusted text: String) {
        rawValue = text
    }

    /// A fresh id in Stream's form: 128 random bits as 32 hexadecimal digits.
    /// - Throws: ``KeyError`` with code ``KeyError/Code/unavailable`` if the machine gives no random bytes.
    public static func random() throws(KeyError) -> KeyID {
        KeyID(trusted: Hex.encode(try RandomBytes.make(count: 16)))
    }

    /// The id for a key that came without one: the first 32 hexadecimal digits of its JWK thumbprint (RFC 7638).
    static func derived(fromThumbprint thumbprint: [UInt8]) -> KeyID {
        KeyID(trusted: Hex.encode(Array(thumbprint.prefix(16))))
    }
}

extension KeyID: Hashable {
    /// Whether the bytes are the same.
    public static func == (left: KeyID, right: KeyID) -> Bool {
        left.rawValue.isEqual(toUTF8Of: right.rawValue)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        var text = rawValue
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension KeyID: CustomStringConvertible {
    /// The id as text.
    public var description: String { rawValue }
}
