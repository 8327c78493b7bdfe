/// The checks on the token alone: text, size and alphabet, header, key id, key, signature, claims.
enum AuthenticityChecks {
    /// A token that is read and whose key is known, before its signature is checked. It lives as long as the token's bytes.
    struct Readable {
        let token: DecodedToken
        let payload: Result<StrictJSON, Denial>
        /// nil, as is the key, if the recorder went on after a failure.
        let keyID: KeyID?
        let key: VerificationKey?
    }

    /// - Parameter standing: what is known of a key id.
    /// - Returns: nil if the recorder went on after a failure that leaves nothing to read.
    @inline(__always)
    static func run(
        _ text: UnsafeBufferPointer<UInt8>, standing: (KeyID) -> KeyStanding, recorder: some CheckRecorder
    ) throws(Denial) -> (TokenClaims, KeyID?)? {
        try DecodedToken.with(text) { decoded throws(Denial) in
            guard let readable = try read(decoded, count: text.count, standing: standing, recorder: recorder) else {
                return nil
            }
            try runSignature(readable, recorder: recorder) { token, key in
                let message = UnsafeRawBufferPointer(token.signedText)
                return key.handle.isValid(UnsafeRawBufferPointer(token.signature), for: message)
            }
            return try runClaims(readable, standing: standing, recorder: recorder)
        }
    }

    /// The checks before the one of the signature.
    @inline(__always)
    static func read(
        _ decoded: Result<DecodedToken, Denial>, count: Int, standing: (KeyID) -> KeyStanding,
        recorder: some CheckRecorder
    ) throws(Denial) -> Readable? {
        let form = try recorder.run(.form) { () throws(Denial) in
            let token = try decoded.get()
            return (token, try TokenHeader(token.header))
        } describe: { (_: (DecodedToken, TokenHeader)) in
            "\(count) bytes"
        }
        guard let (token, header) = form else { return nil }
        try runHeader(header, recorder: recorder)
        let payload = parse(token.payload)
        let id = try recorder.run(.keyID) { () throws(Denial) in
            try keyID(header: header.keyID, payload: payload)
        } describe: { (id: KeyID) in
            id.rawValue.excerpt()
        }
        guard let id else { return Readable(token: token, payload: payload, keyID: nil, key: nil) }
        let key = try recorder.run(.key) { () throws(Denial) in
            try standing(id).trusted(id)
        } describe: { (key: VerificationKey) in
            "known, \(key.bits) bits"
        }
        return Readable(token: token, payload: payload, keyID: id, key: key)
    }

    /// The check of the signature, by whatever way it is done.
    @inline(__always)
    static func runSignature(
        _ readable: Readable, recorder: some CheckRecorder, isValid: (DecodedToken, VerificationKey) -> Bool
    ) throws(Denial) {
        guard let keyID = readable.keyID, let key = readable.key else { return }
        _ = try recorder.run(.signature) { () throws(Denial) in
            guard isValid(readable.token, key) else {
                let name = keyID.rawValue.excerpt()
                throw Denial(.signatureInvalid, "the signature is not the one of key \(name) over this text")
            }
        } describe: {
            "valid"
        }
    }

    /// The checks after that.
    @inline(__always)
    static func runClaims(
        _ readable: Readable, standing: (KeyID) -> KeyStanding, recorder: some CheckRecorder
    ) throws(Denial) -> (TokenClaims, KeyID?)? {
        let claims = try recorder.run(.claims) { () throws(Denial) in
            try TokenClaims(readable.payload.get().root)
        } describe: { (claims: TokenClaims) in
            describe(claims)
        }
        guard let claims else { return nil }
        if let key = readable.key {
            try runSession(claims.terms, signedBy: key, standing: standing, recorder: recorder)
        }
        return (claims, readable.keyID)
    }

    private static func runHeader(_ header: TokenHeader, recorder: some CheckRecorder) throws(Denial) {
        _ = try recorder.run(.algorithm) { () throws(Denial) in
            switch header.algorithm {
            case .rs256: return
            case .missing: throw Denial(.algorithmNotAllowed, "the header has no `alg`")
            case .other(let text):
                let name = text.map { "'\($0.excerpt(16))'" } ?? "not a string"
                throw Denial(.algorithmNotAllowed, "the header's `alg` is \(name): only RS256 is allowed")
            }
        } describe: {
            "RS256"
        }
        _ = try recorder.run(.criticalHeader) { () throws(Denial) in
            guard !header.hasCritical else {
                throw Denial(.criticalHeaderUnsupported, "the header has `crit`, and no extension is supported")
            }
        } describe: {
            "none"
        }
    }

    /// A session token is a node's word that another token was valid when the playback began. Its key says whether it is a node
    /// that speaks.
    private static func runSession(
        _ terms: TokenTerms, signedBy key: VerificationKey, standing: (KeyID) -> KeyStanding,
        recorder: some CheckRecorder
    ) throws(Denial) {
        _ = try recorder.run(.session) { () throws(Denial) -> PlaybackSession? in
            guard terms.sessionID != nil || terms.sessionOrigin != nil else { return nil }
            guard key.signsSessions else {
                throw TokenClaims.malformed(
                    "`sid` and `via` are for the session tokens that a node makes, and key \(key.id.rawValue.excerpt()) is not a node's"
                )
            }
            guard let session = terms.session, terms.playFor == nil else {
                throw TokenClaims.malformed("a session token has `sid` and `via`, and no `playFor`")
            }
            _ = try standing(session.origin.keyID).trusted(session.origin.keyID)
            return session
        } describe: { session in
            session.map { "\($0)" } ?? "none"
        }
    }

    /// Parsed before the signature is checked, because the key id may be nowhere else; judged only afterwards.
    static func parse(_ payload: UnsafeBufferPointer<UInt8>) -> Result<StrictJSON, Denial> {
        do {
            return .success(try StrictJSON(parsing: payload))
        } catch {
            return .failure(TokenClaims.malformed("the payload is not strict JSON: \(error.reason)"))
        }
    }

    private static func keyID(
        header: TokenHeader.KeyIDMember, payload: Result<StrictJSON, Denial>
    ) throws(Denial) -> KeyID {
        let outer: String
        switch header {
        case .text(let text): outer = text
        case .notAString: throw Denial(.tokenMalformed, "the header's `kid` is not a string")
        case .missing:
            guard let inner = try payload.get().root["kid"], inner.kind != .null else {
                throw Denial(.keyIDMissing, "neither header nor payload has a `kid`: Stream wants it in both")
            }
            guard let text = inner.string else { throw TokenClaims.malformed("`kid` is not a string") }
            return try keyID(text)
        }
        if case .success(let document) = payload, let inner = document.root["kid"], inner.kind != .null {
            var outer = outer
            let isSame = outer.withUTF8 { left in inner.withStringBytes { left.isEqual(to: $0) } }
            guard let isSame else { throw TokenClaims.malformed("`kid` is not a string") }
            guard isSame else {
                throw Denial(.keyIDMismatch, "the `kid` of the header and the `kid` of the payload differ")
            }
        }
        return try keyID(outer)
    }

    private static func keyID(_ text: String) throws(Denial) -> KeyID {
        do {
            return try KeyID(text)
        } catch {
            throw Denial(.keyUnknown, "no key can have such an id: empty, over 255 bytes, or with control characters")
        }
    }

    private static func describe(_ claims: TokenClaims) -> String {
        let count = claims.terms.rules.count
        let rules = claims.rulesProblem != nil ? ["access rules"] : count > 0 ? ["\(count) access rules"] : []
        return (["sub \(claims.subject.excerpt())"] + claims.terms.details + rules).joined(separator: ", ")
    }
}
