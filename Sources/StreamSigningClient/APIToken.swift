internal import StreamSigning

/// The credential that requests carry as `Authorization: Bearer …`.
///
/// Its bytes are wiped with the last copy, and no description shows them.
public struct APIToken: Sendable {
    private let secret: SecretBytes

    /// - Parameter text: 1 to 4096 visible ASCII characters; white space around them, such as a file's last newline, is
    ///   dropped.
    /// - Throws: ``ClientError`` with code `invalid_argument`, which does not quote the text.
    public init(_ text: some Collection<UInt8>) throws(ClientError) {
        let trimmed = Array(text).trimmingASCIIWhitespace
        guard (1...4096).contains(trimmed.count), trimmed.allSatisfy(\.isASCIIVisible) else {
            throw ClientError(
                .invalidArgument,
                trimmed.isEmpty
                    ? "the API token is empty" : "the API token is not one line of visible ASCII characters")
        }
        secret = SecretBytes(copying: Array(trimmed))
    }

    /// As ``init(_:)-(Collection<UInt8>)``, from text.
    public init(_ text: String) throws(ClientError) {
        try self.init(text.utf8)
    }

    /// The value of the header, made for one request at a time.
    var header: String { "Bearer \(secret.reveal())" }
}

extension APIToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The number of characters, and none of them.
    public var description: String { "APIToken(\(secret.count) bytes)" }
    /// As ``description``.
    public var debugDescription: String { description }
    /// The number of characters, and none of them.
    public var customMirror: Mirror { Mirror(self, children: ["count": secret.count]) }
}
