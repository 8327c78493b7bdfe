package import StreamSigning

/// The body of `PATCH …/stream/keys/{identifier}`: what is to be changed of a key. What is absent stays as it is, and null clears.
package struct KeyUpdateRequest: Sendable, Hashable {
    /// Up to 100 bytes; nil inside, or an empty text, clears the name.
    package var name: String??
    /// Whether the key's tokens are let in.
    package var isEnabled: Bool?
    /// When that ends; nil inside clears it.
    package var expires: NumericDate??
    /// What the answer says of unknown members.
    package private(set) var messages: [APIMessage] = []

    package init(name: String?? = nil, isEnabled: Bool? = nil, expires: NumericDate?? = nil) {
        self.name = name
        self.isEnabled = isEnabled
        self.expires = expires
    }

    /// - Throws: ``WireProblem`` naming the member.
    package init(reading value: JSONValue) throws(WireProblem) {
        try value.requireObject()
        messages = IgnoredMembers.messages(in: value, besides: ["name", "enabled", "expires"])
        if value["name"] != nil { name = .some(try value.optionalString("name")) }
        isEnabled = try value.optional("enabled", "true or false") { $0.boolean }
        if value["expires"] != nil { expires = .some(try value.optionalTime("expires")) }
    }

    /// Writes the body.
    package func write(into writer: inout JSONWriter) {
        writer.object {
            if let name { $0.nullable("name", name) }
            if let isEnabled { $0.member("enabled", isEnabled) }
            if let expires { $0.nullable("expires", expires?.description) }
        }
    }
}

extension JSONWriter {
    /// A member that is null if there is no text.
    mutating func nullable(_ name: StaticString, _ text: String?) {
        self.name(name)
        if let text { string(text) } else { raw("null") }
    }
}
