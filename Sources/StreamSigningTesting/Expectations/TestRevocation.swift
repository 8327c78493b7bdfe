public import StreamSigning

/// A revocation for a test, made at the moment at which the token is presented.
///
/// ```swift
/// #expect(token.playback(of: video, at: now, revoked: [.viewer("guest")]) == .refused(.viewerRevoked))
/// ```
public struct TestRevocation: Sendable {
    private let kind: RevocationSubject.Kind
    private let id: String
    private let issuedBefore: NumericDate?

    /// The token with this `jti`.
    public static func token(_ id: String) -> TestRevocation {
        TestRevocation(kind: .token, id: id, issuedBefore: nil)
    }

    /// The session with this `sid`.
    public static func session(_ id: String) -> TestRevocation {
        TestRevocation(kind: .session, id: id, issuedBefore: nil)
    }

    /// The tokens with this `viewer` whose `iat` is earlier than `issuedBefore`; by default all that were signed until now.
    public static func viewer(_ id: String, issuedBefore: NumericDate? = nil) -> TestRevocation {
        TestRevocation(kind: .viewer, id: id, issuedBefore: issuedBefore)
    }

    /// The tokens with this `sub` whose `iat` is earlier than `issuedBefore`; by default all that were signed until now.
    public static func video(_ id: String, issuedBefore: NumericDate? = nil) -> TestRevocation {
        TestRevocation(kind: .video, id: id, issuedBefore: issuedBefore)
    }

    func revocation(number: Int, at time: NumericDate) throws(InvalidRevocation) -> Revocation {
        let digits = String(number, radix: 16)
        guard let id = RevocationID(String(repeating: "0", count: 32 - digits.utf8.count) + digits) else {
            throw InvalidRevocation("this is not a number for an id", at: "")
        }
        return try RevocationRequest(RevocationSubject(kind, self.id), issuedBefore: issuedBefore)
            .revocation(id: id, at: time)
    }
}

extension RevocationSet {
    init(_ revoked: [TestRevocation], at time: NumericDate) throws(InvalidRevocation) {
        var revocations: [Revocation] = []
        for (index, revoked) in revoked.enumerated() {
            revocations.append(try revoked.revocation(number: index + 1, at: time))
        }
        self.init(revocations)
    }
}
