internal import StreamSigning

/// What a gate shows the nodes that feed it. Its bytes are wiped with the last copy and shown by no description.
public struct FeedCredential: Sendable {
    private let secret: SecretBytes

    /// - Parameter text: a credential of the role ``StoredCredential/Role/feed``, perhaps with a line's end.
    /// - Returns: nil if it is empty, too long or has other than visible ASCII characters.
    public init?(_ text: some Collection<UInt8>) {
        var bytes = Array(text)
        while let last = bytes.last, last == 0x20 || (0x09...0x0D).contains(last) { bytes.removeLast() }
        guard (1...256).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        secret = SecretBytes(copying: bytes)
    }

    /// The value of `Authorization`, made for one request at a time.
    var header: String { "Bearer \(secret.reveal())" }
}

extension FeedCredential: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The number of characters, and none of them.
    public var description: String { "FeedCredential(\(secret.count) bytes)" }
    /// As ``description``.
    public var debugDescription: String { description }
    /// The number of characters, and none of them.
    public var customMirror: Mirror { Mirror(self, children: ["count": secret.count]) }
}
