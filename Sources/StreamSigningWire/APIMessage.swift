package import StreamSigning

/// One entry of an envelope's `errors` or `messages`, in the shape of Cloudflare's API.
public struct APIMessage: Sendable, Hashable {
    /// At least 1000; the meaning of each is listed in ``APICode``.
    public let code: Int
    /// One line for a person.
    public let message: String
    /// Where to read more about it.
    public let documentationURL: String?
    /// The place in the request's body that it is about, as a JSON Pointer (RFC 6901), such as `/accessRules/0/type`.
    public let pointer: String?

    /// A message; what is nil is absent on the wire.
    public init(_ code: APICode, _ message: String, documentationURL: String? = nil, pointer: String? = nil) {
        self.code = code.rawValue
        self.message = message
        self.documentationURL = documentationURL
        self.pointer = pointer
    }

    /// Reads one; nil if it is not an object with code and message.
    package init?(reading value: JSONValue) {
        guard let code = value["code"]?.integer, let message = value["message"]?.string else { return nil }
        self.code = code
        self.message = message
        documentationURL = value["documentation_url"]?.string
        pointer = value["source"]?["pointer"]?.string
    }

    /// Writes the object.
    package func write(into writer: inout JSONWriter) {
        writer.object {
            $0.member("code", code)
            $0.member("message", message)
            $0.member("documentation_url", documentationURL)
            if let pointer {
                $0.name("source")
                $0.object { $0.member("pointer", pointer) }
            }
        }
    }
}

extension APIMessage: CustomStringConvertible {
    /// `10003: not found`
    public var description: String { "\(code): \(message)" }
}
