/// What a token says, read WITHOUT verifying it: for logs and for people, never for a decision.
public struct UnverifiedToken: Sendable {
    /// The header's JSON text.
    public let unverifiedHeader: String
    /// The payload's JSON text.
    public let unverifiedPayload: String
    /// The `kid` of header or payload, if either has one.
    public let unverifiedKeyID: String?
    /// `sub`, if it is a string.
    public let unverifiedSubject: String?
    /// `viewer`, if it is a string.
    public let unverifiedViewer: String?
    /// `jti`, if it is a string.
    public let unverifiedID: String?
    /// `sid`, if it is a string: the id of the session that the token belongs to.
    public let unverifiedSessionID: String?
    /// `exp`, if it is a time.
    public let unverifiedExpiry: NumericDate?
    /// `nbf`, if it is a time.
    public let unverifiedNotBefore: NumericDate?
    /// The number of bytes of the signature, which is not checked.
    public let signatureCount: Int

    /// - Throws: ``Denial`` if the text is not a compact JWS with strict JSON inside.
    public init(readingWithoutVerification token: String) throws(Denial) {
        var token = token
        let result = token.withUTF8 { bytes in
            Result { () throws(Denial) in
                try DecodedToken.with(bytes) { decoded throws(Denial) in
                    let token = try decoded.get()
                    return try UnverifiedToken(
                        token, header: TokenHeader(token.header),
                        payload: AuthenticityChecks.parse(token.payload).get())
                }
            }
        }
        self = try result.get()
    }

    private init(_ token: DecodedToken, header: TokenHeader, payload: StrictJSON) throws(Denial) {
        unverifiedHeader = String(decoding: token.header, as: UTF8.self)
        unverifiedPayload = String(decoding: token.payload, as: UTF8.self)
        unverifiedKeyID = if case .text(let text) = header.keyID { text } else { payload.root["kid"]?.string }
        unverifiedSubject = payload.root["sub"]?.string
        unverifiedViewer = payload.root["viewer"]?.string
        unverifiedID = payload.root["jti"]?.string
        unverifiedSessionID = payload.root["sid"]?.string
        unverifiedExpiry = payload.root["exp"].flatMap { try? NumericDate(claim: $0) }
        unverifiedNotBefore = payload.root["nbf"].flatMap { try? NumericDate(claim: $0) }
        signatureCount = token.signature.count
    }
}
