import StreamSigning

/// A revocation in one line, made at the forged tokens' `now` for the default time.
struct Revoked {
    let kind: RevocationSubject.Kind
    let id: String
    var issuedBefore: NumericDate?
    var until: NumericDate?
    var reason: String?

    static func token(_ id: String) -> Revoked { Revoked(kind: .token, id: id) }

    static func session(_ id: String) -> Revoked { Revoked(kind: .session, id: id) }

    /// Of the viewer's tokens, those before `issuedBefore`.
    static func viewer(_ id: String, issuedBefore: NumericDate = ForgedToken.now, reason: String? = nil) -> Revoked {
        Revoked(kind: .viewer, id: id, issuedBefore: issuedBefore, reason: reason)
    }

    /// Of the video's tokens, those before `issuedBefore`.
    static func video(_ id: String, issuedBefore: NumericDate = ForgedToken.now) -> Revoked {
        Revoked(kind: .video, id: id, issuedBefore: issuedBefore)
    }

    func until(_ time: NumericDate) -> Revoked {
        var copy = self
        copy.until = time
        return copy
    }

    func make() throws -> Revocation {
        let request = RevocationRequest(
            try RevocationSubject(kind, id), issuedBefore: issuedBefore, until: until, reason: reason)
        return try request.revocation(id: .random(), at: ForgedToken.now)
    }

    static func set(_ revoked: Revoked...) throws -> RevocationSet {
        RevocationSet(try revoked.map { try $0.make() })
    }
}
