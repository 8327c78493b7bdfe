/// Why a token may not play a video now. The ``code`` is a stable string, the same in library, HTTP answers and command
/// line; the ``message`` is one line for a person, which says what to do and never holds a whole token or key.
///
/// Equal by code alone, so that a test can compare without the wording.
public struct Denial: Error, Sendable {
    /// The stable name of the reason.
    public let code: Code
    /// What was found, and what to do about it.
    public let message: String
    private let boxedRevocation: Boxed<Revocation>?

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
        boxedRevocation = nil
    }

    /// The token was good but for a revocation.
    init(_ revocation: Revocation) {
        let kind = revocation.subject.kind
        let before = revocation.issuedBefore.map { " that were signed before \($0)" } ?? ""
        let refused =
            switch kind {
            case .token: "this token was"
            case .session: "this session was"
            case .viewer: "this viewer's tokens\(before) were"
            case .video: "this video's tokens\(before) were"
            }
        code = kind.denialCode
        message = "\(refused) revoked, by revocation \(revocation.id): sign a new token"
        boxedRevocation = Boxed(revocation)
    }

    /// The revocation that refuses the token, if that is the reason. Show its ``Revocation/reason`` to operators only.
    public var revocation: Revocation? { boxedRevocation?.value }

    /// The HTTP status that goes with the code.
    public var httpStatus: Int { code.httpStatus }
}

extension Denial: Hashable {
    /// Whether the codes are the same.
    public static func == (left: Denial, right: Denial) -> Bool {
        left.code == right.code
    }

    /// Hashes the code.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(code)
    }
}

extension Denial: CustomStringConvertible {
    /// `expired: the token expired 5 min ago …`
    public var description: String { "\(code.rawValue): \(message)" }
}

extension Denial {
    /// `{"accepted":false,"code":…,"message":…}`: the ``Explanation`` of a text that no check could begin with.
    package func json() -> String {
        var writer = JSONWriter()
        writer.object {
            $0.member("accepted", false)
            $0.member("code", code.rawValue)
            $0.member("message", message)
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
