public import StreamSigning

/// Shows that the sender of a public key has the private half too: a JWS (RFC 7515) by the key, over its id, the account
/// and the time.
///
/// The header is `{"alg":"RS256","typ":"key-proof+jwt"}` and the payload `{"sub":"KEY ID","aud":"ACCOUNT","iat":SECONDS}`, so
/// any JOSE library can make one. `typ` and `aud` keep apart what must not be mixed up (RFC 8725 3.11, 3.9): a playback token,
/// which every viewer holds, proves nothing, and a proof for one account proves nothing for another.
public struct KeyProof: Sendable, Hashable {
    /// The compact JWS.
    public let rawValue: String

    /// How far the time of a proof may be from the service's clock, in either direction.
    public static let tolerance: Duration = .seconds(300)
    /// The most bytes that a proof may have.
    public static let maximumCount = 4096

    /// A proof that somebody else has made.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Makes a proof, which is good for five minutes.
    /// - Parameters:
    ///   - key: the key, under the id that it is to be registered under.
    ///   - account: the account that it is to be registered in.
    ///   - time: now.
    /// - Throws: ``/StreamSigning/KeyError``: `unavailable` if OpenSSL fails.
    public init(signing key: SigningKey, for account: String, at time: NumericDate) throws(KeyError) {
        var header = JSONWriter()
        header.object {
            $0.member("alg", "RS256")
            $0.member("typ", "key-proof+jwt")
        }
        var payload = JSONWriter()
        payload.object {
            $0.member("sub", key.id.rawValue)
            $0.member("aud", account)
            $0.member("iat", Int(time.seconds))
        }
        let signed = "\(Base64.url.encode(header.bytes)).\(Base64.url.encode(payload.bytes))"
        rawValue = "\(signed).\(Base64.url.encode(try key.signature(over: signed)))"
    }

    /// Checks the proof.
    /// - Parameters:
    ///   - key: the key that is to be registered, under the id that it is to have.
    ///   - account: the account that it is to be registered in.
    ///   - now: the service's time.
    /// - Throws: ``WireProblem`` that says what is wrong, without a pointer.
    package func check(_ key: VerificationKey, for account: String, at now: NumericDate) throws(WireProblem) {
        guard rawValue.utf8.count <= Self.maximumCount else {
            throw WireProblem("the proof has more than \(Self.maximumCount) bytes")
        }
        let segments = rawValue.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard segments.count == 3, let header = Self.decode(segments[0]), let payload = Self.decode(segments[1]),
            let signature = Self.decode(segments[2])
        else { throw WireProblem("the proof is not a compact JWS") }
        guard Self.isHeader(header) else {
            throw WireProblem("the proof's header is not {\"alg\":\"RS256\",\"typ\":\"key-proof+jwt\"}")
        }
        guard let claims = Claims(payload) else {
            throw WireProblem("the proof does not have `sub`, `aud` and `iat`, in strict JSON")
        }
        guard claims.subject == key.id else { throw WireProblem("the proof's `sub` is not the id of the key") }
        guard claims.audience == account else { throw WireProblem("the proof's `aud` is not this account") }
        guard (Duration.zero - Self.tolerance...Self.tolerance).contains(now - claims.issued) else {
            throw WireProblem("the proof's `iat` is more than five minutes from the service's time")
        }
        let text = rawValue.utf8.prefix(segments[0].count + 1 + segments[1].count)
        guard key.isValid(signature, over: Array(text)) else {
            throw WireProblem("the proof is not signed with the private half of the key")
        }
    }

    private struct Claims {
        let subject: KeyID
        let audience: String
        let issued: NumericDate

        init?(_ bytes: [UInt8]) {
            let claims = bytes.withUnsafeBufferPointer { bytes -> (KeyID, String, NumericDate)? in
                guard let root = try? StrictJSON(parsing: bytes).root, root.kind == .object,
                    let subject = root["sub"]?.string.flatMap({ try? KeyID($0) }), let audience = root["aud"]?.string,
                    let issued = root["iat"].flatMap({ try? NumericDate(claim: $0) })
                else { return nil }
                return (subject, audience, issued)
            }
            guard let claims else { return nil }
            (subject, audience, issued) = claims
        }
    }

    private static func isHeader(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            guard let root = try? StrictJSON(parsing: bytes).root, root.kind == .object else { return false }
            return root["alg"]?.isString("RS256") == true && root["typ"]?.isString("key-proof+jwt") == true
                && root["crit"] == nil
        }
    }

    private static func decode(_ text: Substring.UTF8View) -> [UInt8]? {
        Array(text).withUnsafeBufferPointer { Base64.url.decode($0) }?.withUnsafeBytes { Array($0) }
    }
}
