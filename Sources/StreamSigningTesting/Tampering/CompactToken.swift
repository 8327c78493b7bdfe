import StreamSigning

/// A token taken apart, to be put together as something else.
struct CompactToken {
    var header: JSONMembers
    var payload: JSONMembers
    var signature: [UInt8]
    /// `exp` of the token as it came, in whole seconds.
    let expires: Int64?

    /// - Throws: `Denial` if the text is not a token.
    init(_ token: PlaybackToken) throws(Denial) {
        let parts = try UnverifiedToken(readingWithoutVerification: token.rawValue)
        header = JSONMembers(objectText: parts.unverifiedHeader)
        payload = JSONMembers(objectText: parts.unverifiedPayload)
        let segment = Array((token.rawValue.split(separator: ".").last ?? "").utf8)
        signature = segment.withUnsafeBufferPointer { Base64.url.decode($0)?.withUnsafeBytes { Array($0) } } ?? []
        expires = parts.unverifiedExpiry?.seconds
    }

    init(header: JSONMembers, payload: JSONMembers) {
        self.header = header
        self.payload = payload
        signature = []
        expires = nil
    }

    /// What the signature is over.
    var signedText: String {
        Base64.url.encode(Array(header.text.utf8)) + "." + Base64.url.encode(Array(payload.text.utf8))
    }

    var joined: PlaybackToken {
        PlaybackToken(rawValue: signedText + "." + Base64.url.encode(signature))
    }

    /// The same with the key's signature; the header is not touched.
    func signed(by key: SigningKey) throws(KeyError) -> CompactToken {
        var token = self
        token.signature = try key.signature(over: signedText)
        return token
    }
}
