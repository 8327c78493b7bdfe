#if Client
    internal import ArgumentParser
    internal import StreamSigning

    /// What is revoked, or which revocations are looked for: one of four.
    struct RevocationSubjectOptions: ParsableArguments {
        @Option(
            parsing: .unconditional,
            help: ArgumentHelp(
                "One token: its id ('jti'), or the token or playback URL itself, which is read for its id.",
                valueName: "id"))
        var token: String?

        @Option(parsing: .unconditional, help: ArgumentHelp("One session: its 'sid'.", valueName: "id"))
        var session: String?

        @Option(
            parsing: .unconditional,
            help: ArgumentHelp("A viewer: the 'viewer' of the tokens.", valueName: "id"))
        var viewer: String?

        @Option(
            parsing: .unconditional,
            help: ArgumentHelp("A video: the 'sub' of the tokens.", valueName: "id"))
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
            let id = kind == .token ? try tokenID(value) : value.text
            return try value.converted { _ in try RevocationSubject(kind, id) }
        }

        /// The id of a token that may be given whole. What looks like a token and cannot be read is not taken for an id, which
        /// would revoke nothing.
        private static func tokenID(_ value: OptionValue) throws -> String {
            let isURL = value.text.contains("://")
            guard isURL || value.text.hasPrefix("eyJ") && value.text.contains(".") else { return value.text }
            let token: UnverifiedToken
            do throws(Denial) {
                token = try UnverifiedToken(readingWithoutVerification: PresentedToken(reading: value.text).text)
            } catch {
                throw value.unusable("not the id of a token, nor a token that can be read: \(error.message)")
            }
            guard let id = token.unverifiedID else {
                throw value.unusable("this token has no id ('jti'): revoke its viewer, its video or its key")
            }
            return id
        }
    }
#endif
