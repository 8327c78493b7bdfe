/// A country as ISO 3166-1 alpha-2 names it; `gb` and `GB` are one.
///
/// The assigned codes are there by name (``gb``, ``us``), so a misspelt one does not compile. Text from outside is read by
/// ``init(_:)``, which refuses a code that no country has: a rule with it would match nobody, and blocking `UK` would let in
/// all of Britain.
public struct CountryCode: Sendable, Hashable {
    private let first: UInt8
    private let second: UInt8

    /// - Throws: ``InvalidClaim`` if the text is not two ASCII letters, or no country has them for its code; it then says which
    ///   code is probably meant.
    public init(_ text: String) throws(InvalidClaim) {
        guard let code = CountryCode(anyLetters: Array(text.utf8)) else {
            throw InvalidClaim("'\(text.excerpt(16))' is not a country code: two letters of ISO 3166-1, such as GB")
        }
        guard code.isAssigned else { throw InvalidClaim(code.unassignedReason) }
        self = code
    }

    init(_ first: Unicode.Scalar, _ second: Unicode.Scalar) {
        self.first = UInt8(ascii: first)
        self.second = UInt8(ascii: second)
    }

    /// Any two ASCII letters, as tokens of other signers and databases have them.
    package init?(anyLetters text: some RandomAccessCollection<UInt8>) {
        guard text.count == 2, let first = text.first, let second = text.last else { return nil }
        guard first.isASCIILetter, second.isASCIILetter else { return nil }
        // Clearing bit 5 makes a letter upper-case.
        self.first = first & ~0x20
        self.second = second & ~0x20
    }
}

extension CountryCode: CustomStringConvertible {
    /// Two upper-case letters.
    public var description: String { String(decoding: [first, second], as: UTF8.self) }
}
