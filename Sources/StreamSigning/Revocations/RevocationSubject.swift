/// What a revocation refuses: one token, one session, or the tokens of one viewer or one video.
///
/// ```swift
/// let subject = try RevocationSubject(.viewer, "user-4711")
/// ```
///
/// Two subjects are equal if their bytes are: Unicode equivalence does not count, because to a JSON reader two spellings are
/// two names.
public struct RevocationSubject: Sendable {
    /// What a subject is. The raw value is the name of the member that carries it in requests and answers.
    public enum Kind: String, Sendable, CaseIterable {
        /// The token with this `jti`.
        case token
        /// The session with this `sid`.
        case session
        /// The tokens with this `viewer`.
        case viewer
        /// The tokens with this `sub`.
        case video

        /// Whether a revocation spares the tokens that are signed from a moment on. A token or a session is one thing, and is
        /// refused as a whole.
        public var sparesLaterTokens: Bool {
            switch self {
            case .token, .session: false
            case .viewer, .video: true
            }
        }

        /// The code with which tokens are refused.
        public var denialCode: Denial.Code {
            switch self {
            case .token: .tokenRevoked
            case .session: .sessionRevoked
            case .viewer: .viewerRevoked
            case .video: .videoRevoked
            }
        }
    }

    /// What ``id`` names.
    public let kind: Kind
    /// The value of the token's claim.
    public let id: String

    /// The longest ``id``, in bytes.
    public static let maximumCount = 255

    /// - Parameters:
    ///   - kind: what is named.
    ///   - id: 1 to 255 bytes of UTF-8 without control characters; of a video, a ``VideoID``: no token that plays has another `sub`.
    /// - Throws: ``InvalidRevocation``.
    public init(_ kind: Kind, _ id: String) throws(InvalidRevocation) {
        try self.init(recorded: kind, id)
        guard kind == .video else { return }
        do throws(InvalidClaim) {
            _ = try VideoID(id)
        } catch {
            throw InvalidRevocation("`video`: \(error.reason)", at: "/video")
        }
    }

    /// One of a revocation that exists. It may name a video that there cannot be, and refuse nothing: such ones were once accepted.
    package init(recorded kind: Kind, _ id: String) throws(InvalidRevocation) {
        let problem: String? =
            switch id.utf8.count {
            case 1...Self.maximumCount: id.hasControlCharacters ? "has no control characters" : nil
            case let count: "has 1 to \(Self.maximumCount) bytes, not \(count)"
            }
        if let problem { throw InvalidRevocation("`\(kind.rawValue)` \(problem)", at: "/\(kind.rawValue)") }
        self.kind = kind
        self.id = id
    }

    /// Text that was checked when it came.
    init(checked id: String, kind: Kind) {
        self.kind = kind
        self.id = id
    }
}

extension RevocationSubject: Hashable {
    /// Whether kind and bytes are the same.
    public static func == (left: RevocationSubject, right: RevocationSubject) -> Bool {
        left.kind == right.kind && left.id.isEqual(toUTF8Of: right.id)
    }

    /// Hashes kind and bytes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        var text = id
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension RevocationSubject: CustomStringConvertible {
    /// `viewer user-4711`; a long or hostile id is shown shortened and on one line.
    public var description: String { "\(kind.rawValue) \(id.excerpt())" }
}
