/// What a token for another party's CDN says (RFC 9246, URI Signing): which URLs may be fetched, and when.
///
/// It is a profile of its own, with the same keys: a ``TokenVerifier`` refuses such tokens, and CDNs refuse Stream's. Apache
/// Traffic Server's `uri_signing` takes them.
///
/// ```swift
/// let claims = try CDNIClaims(
///     issuer: "studio", container: CDNIURIContainer(prefix: "https://cdn.example/videos/7/"),
///     expires: NumericDate(Date()) + .seconds(3600))
/// let token = try TokenSigner(key: key).sign(claims)
/// ```
public struct CDNIClaims: Sendable, Hashable {
    /// `iss`: the name under which the CDN knows the signer's keys.
    public let issuer: String
    /// `cdniuc`
    public let container: CDNIURIContainer
    /// `exp`, in whole seconds.
    public let expires: NumericDate
    /// `nbf`, in whole seconds.
    public let notBefore: NumericDate?

    /// - Parameters:
    ///   - issuer: 1 to 255 bytes without control characters.
    ///   - container: the URLs.
    ///   - expires: rounded down to the second.
    ///   - notBefore: before `expires`; rounded down too.
    /// - Throws: ``InvalidClaim``.
    public init(
        issuer: String, container: CDNIURIContainer, expires: NumericDate, notBefore: NumericDate? = nil
    ) throws(InvalidClaim) {
        guard (1...255).contains(issuer.utf8.count), !issuer.hasControlCharacters else {
            throw InvalidClaim("an issuer has 1 to 255 bytes without control characters")
        }
        self.issuer = issuer
        self.container = container
        self.expires = expires.wholeSecond
        self.notBefore = notBefore?.wholeSecond
        guard self.notBefore.map({ $0 < self.expires }) ?? true else {
            throw InvalidClaim("the token would never be valid: it expires before it begins")
        }
    }

    /// `cdniv`: the version of the claims, the only one there is.
    private static let version = "1"

    /// Writes the payload. There is no `kid` in it: verifiers of this profile look in the header.
    func write(into writer: inout JSONWriter) {
        writer.object {
            $0.member("iss", issuer)
            $0.name("exp")
            $0.raw(expires.json)
            if let notBefore {
                $0.name("nbf")
                $0.raw(notBefore.json)
            }
            $0.name("cdniv")
            $0.raw(Self.version)
            $0.member("cdniuc", container.text)
        }
    }

    /// What the names of all claims of this profile begin with.
    static let memberPrefix: StaticString = "cdni"
}

extension TokenSigner {
    /// Signs a token of RFC 9246.
    /// - Throws: ``KeyError`` as ``sign(_:)-(PlaybackClaims)``.
    public func sign(_ claims: CDNIClaims) throws(KeyError) -> PlaybackToken {
        var payload = JSONWriter(reserving: 256)
        claims.write(into: &payload)
        return try sign(payload: payload.bytes)
    }
}
