import StreamSigning

/// Published sample keys, so that the tests wait for no key generation. Never trust them anywhere else.
enum TestKeys {
    private static let stream = Result { try SigningKey(importing: Vectors.text("cf-stream-example-key.json")) }
    private static let rfc7515 = Result {
        try SigningKey(
            importing: Vectors.object("rfc7515-a2.json").text(of: "private_jwk"), id: KeyID("rfc7515-a2"))
    }

    /// The sample in Cloudflare's schema, under its own id.
    static func first() throws -> SigningKey {
        try stream.get()
    }

    /// The key of RFC 7515 A.2.
    static func second() throws -> SigningKey {
        try rfc7515.get()
    }
}
