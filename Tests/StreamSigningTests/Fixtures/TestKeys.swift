import Foundation
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

    /// The same key with its primes the other way round, as some programs make keys: p is the smaller one.
    static func secondWithSmallerPrimeFirst() throws -> SigningKey {
        var members = try JSONRow(parsing: Data(second().jwk().reveal().utf8)).members
        for (one, other) in [("p", "q"), ("dp", "dq")] {
            (members[one], members[other]) = (members[other], members[one])
        }
        members["qi"] = """
            nVW5DaWZ5cj3xmqFYxkc3YUG8bw-IMcraX9B1PyB-rPRp2w5PgPDHgFXLqSIj_8_SyXPdZwTblC4rhaRGB7QOxCQ0at86zOK2IFAF7zu4m3A66o2\
            rcCwFBA7tZt0UmEDHIvMsaozbCKv6EojOF9LLsXFDJh7Ktfu4zIgm4_xryk
            """
        let text = try JSONSerialization.data(withJSONObject: members)
        return try SigningKey(importing: Array(text))
    }

    /// Those above, one with an exponent of 3, one of 3,072 bits, and one of 2,050 with a 64-bit exponent.
    static func ofManyKinds() throws -> [SigningKey] {
        let rows = try Vectors.rows("jwk-valid.json")
        let large = try rows.first { $0.optional("name") == "gen-3072-private" }?.required("text", as: String.self)
        return try [
            first(), second(), secondWithSmallerPrimeFirst(),
            SigningKey(importing: Vectors.text("pem-cases/rsa2048-e3-pkcs8-private.pem")),
            SigningKey(importing: large ?? ""),
            SigningKey(importing: Vectors.text("long-exponent.pem")),
        ]
    }
}
