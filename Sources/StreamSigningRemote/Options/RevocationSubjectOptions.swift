internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningCommandLine

/// What is revoked, or which revocations are looked for: one of four.
struct RevocationSubjectOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "One token: its id ('jti'), or the token or playback URL itself, which is read for its id.",
            valueName: "id"))
    var token: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "One session: its 'sid', or the session token or its URL itself, which is read for it.", valueName: "id"
        ))
    var session: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "A viewer: the 'viewer' of the tokens, or a token or URL that has it.", valueName: "id"))
    var viewer: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("A video: the 'sub' of the tokens, or a token or URL that has it.", valueName: "id"))
    var video: String?

    /// The options that are given.
    var given: [(kind: RevocationSubject.Kind, id: String)] {
        RevocationSubject.Kind.allCases.compactMap { kind in value(kind).map { (kind, $0) } }
    }

    func validate() throws {
        guard given.count <= 1 else {
            throw ValidationError("--token, --session, --viewer and --video exclude each other")
        }
    }

    private func value(_ kind: RevocationSubject.Kind) -> String? {
        switch kind {
        case .token: token
        case .session: session
        case .viewer: viewer
        case .video: video
        }
    }

    /// The one that is given; nil if none is.
    func subject() throws -> RevocationSubject? {
        try given.first.map { try Self.subject($0.kind, OptionValue("--\($0.kind.rawValue)", $0.id)) }
    }

    static func subject(_ kind: RevocationSubject.Kind, _ value: OptionValue) throws -> RevocationSubject {
        let id =
            switch kind {
            case .token: try id(of: value, \.unverifiedID, "id ('jti'): revoke its session, viewer, video or key")
            case .session: try id(of: value, \.unverifiedSessionID, "session ('sid')")
            case .viewer: try id(of: value, \.unverifiedViewer, "viewer: revoke it, its video or its key")
            case .video: try id(of: value, \.unverifiedSubject, "video ('sub'), and plays none")
            }
        return try value.converted { _ in try RevocationSubject(kind, id) }
    }

    /// An id that may be given as a whole token with it. What looks like a token and cannot be read is not taken for an id,
    /// which would revoke nothing.
    /// - Parameter missing: what a token without the member does not have.
    private static func id(
        of value: OptionValue, _ member: KeyPath<UnverifiedToken, String?>, _ missing: String
    ) throws -> String {
        // The id of a viewer may itself be a URL.
        let isURL = value.text.contains("://") && member != \.unverifiedViewer
        let text = (try? PresentedToken(reading: value.text).text) ?? value.text
        guard isURL || text.hasPrefix("eyJ") && text.contains(".") else { return value.text }
        let token: UnverifiedToken
        do throws(Denial) {
            token = try UnverifiedToken(readingWithoutVerification: PresentedToken(reading: value.text).text)
        } catch {
            throw value.unusable("not an id, nor a token that can be read: \(error.message)")
        }
        guard let id = token[keyPath: member] else { throw value.unusable("this token has no \(missing)") }
        return id
    }
}
