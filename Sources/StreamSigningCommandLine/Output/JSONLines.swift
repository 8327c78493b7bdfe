package import StreamSigning

extension [UInt8] {
    /// Appends a JSON object on a line of its own.
    package mutating func appendJSON(_ members: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        writer.object(members)
        append(contentsOf: writer.bytes)
        append(UInt8(ascii: "\n"))
    }
}

extension JSONWriter {
    package mutating func member(_ name: StaticString, _ text: String) {
        self.name(name)
        string(text)
    }

    /// Nothing for nil.
    package mutating func member(_ name: StaticString, _ time: NumericDate?) {
        guard let time else { return }
        member(name, time.description)
    }

    package mutating func member(_ name: StaticString, _ value: Bool) {
        self.name(name)
        boolean(value)
    }

    package mutating func member(_ name: StaticString, _ number: Int) {
        self.name(name)
        raw(String(number))
    }
}

extension SigningOptions.Issue {
    /// Writes the members that describe a token.
    func describe(_ token: PlaybackToken, into object: inout JSONWriter) {
        object.member("token", token.rawValue)
        object.member("key_id", keyID.rawValue)
        object.member("expires", terms.expires)
        object.member("not_before", terms.notBefore)
        guard terms.id != nil, let token = try? UnverifiedToken(readingWithoutVerification: token.rawValue) else {
            return
        }
        if let id = token.unverifiedID { object.member("token_id", id) }
    }
}
