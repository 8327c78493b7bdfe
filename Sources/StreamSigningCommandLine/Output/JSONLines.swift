package import StreamSigning

extension [UInt8] {
    /// Appends a JSON object and the end of its line.
    package mutating func appendJSON(_ members: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        writer.object(members)
        append(contentsOf: writer.bytes)
        append(UInt8(ascii: "\n"))
    }
}

extension SigningJob.Issue {
    /// Writes the members that describe a token.
    func describe(_ token: PlaybackToken, into object: inout JSONWriter) {
        object.member("token", token.rawValue)
        object.member("key_id", keyID.rawValue)
        object.member("expires", terms.expires)
        object.member("not_before", terms.notBefore)
        guard terms.id != nil, let token = try? UnverifiedToken(readingWithoutVerification: token.rawValue) else {
            return
        }
        object.member("token_id", token.unverifiedID)
    }
}
