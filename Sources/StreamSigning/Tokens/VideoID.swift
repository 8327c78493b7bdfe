/// The id of a video or a live input, which a token's `sub` names and a playback URL carries.
///
/// Stream's ids are 32 hexadecimal digits; a self-hosted library may use its own.
public struct VideoID: Sendable, Hashable {
    /// The id as text.
    public let rawValue: String

    /// - Parameter text: 1 to 64 ASCII letters, digits, `-` and `_`: one path segment, no path.
    /// - Throws: ``InvalidClaim`` saying what it looks like instead.
    public init(_ text: String) throws(InvalidClaim) {
        guard text.utf8.allSatisfy(\.isASCIIIdentifier) else {
            throw InvalidClaim(Self.complaint(about: text))
        }
        guard (1...64).contains(text.utf8.count) else {
            throw InvalidClaim("a video id has 1 to 64 characters, not \(text.utf8.count)")
        }
        rawValue = text
    }

    /// The id in the bytes of a token's `sub`; nil if they cannot be one.
    init?(sub bytes: UnsafeBufferPointer<UInt8>) {
        guard (1...64).contains(bytes.count), bytes.allSatisfy(\.isASCIIIdentifier) else { return nil }
        rawValue = String(decoding: bytes, as: UTF8.self)
    }

    private static func complaint(about text: String) -> String {
        if text.contains("://") { return "this is a URL, not a video id: take the id out of its path" }
        if text.contains("/") { return "this is a path, not a video id: give the id alone, without what follows it" }
        if text.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2 { return "this is a token, not a video id" }
        return "a video id has ASCII letters, digits, '-' and '_' only"
    }
}

extension VideoID: CustomStringConvertible {
    /// The id as text.
    public var description: String { rawValue }
}
