import StreamSigning

extension RevocationRequest {
    /// The members that it may have.
    static let memberNames = RevocationSubject.Kind.allCases.map(\.rawValue) + ["issuedBefore", "until", "reason"]

    /// Reads one request for a revocation. What is absent or null is left open; ``IgnoredMembers`` tells of unknown members.
    init(reading value: JSONValue) throws(WireProblem) {
        self.init(
            try RevocationSubject(readingMemberOf: value, isNew: true),
            issuedBefore: try value.optionalTime("issuedBefore"), until: try value.optionalTime("until"),
            reason: try value.optionalString("reason"))
    }

    /// Writes the object; times in RFC 3339.
    func write(into writer: inout JSONWriter) {
        writer.object {
            subject.write(into: &$0)
            $0.member("issuedBefore", issuedBefore)
            $0.member("until", until)
            $0.member("reason", reason)
        }
    }
}

extension RevocationSubject {
    /// The one subject of an object, under the name of its kind.
    /// - Parameter isNew: whether it is asked for, and not of a revocation that exists.
    init(readingMemberOf object: JSONValue, isNew: Bool) throws(WireProblem) {
        var named: (kind: Kind, id: String)?
        for kind in Kind.allCases {
            guard let id = try object.optionalString(kind.member) else { continue }
            guard named == nil else {
                throw WireProblem("more than one of \(Self.memberNames) is given: a revocation has one", at: "")
            }
            named = (kind, id)
        }
        guard let named else {
            throw WireProblem("there is nothing to revoke: give one of \(Self.memberNames)", at: "")
        }
        do throws(InvalidRevocation) {
            self =
                isNew
                ? try RevocationSubject(named.kind, named.id) : try RevocationSubject(recorded: named.kind, named.id)
        } catch {
            throw WireProblem(error.reason, at: error.pointer)
        }
    }

    func write(into writer: inout JSONWriter) {
        writer.member(kind.member, id)
    }

    private static var memberNames: String {
        Kind.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    }
}

extension RevocationSubject.Kind {
    /// The raw value as the name of a member.
    fileprivate var member: StaticString {
        switch self {
        case .token: "token"
        case .session: "session"
        case .viewer: "viewer"
        case .video: "video"
        }
    }
}
