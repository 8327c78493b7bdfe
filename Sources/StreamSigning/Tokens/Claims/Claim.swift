/// A claim that a token may have besides `sub` and `kid`, described once: signing, verifying, the token endpoint, its client
/// and the command line all go through ``TokenTerms/claims``.
///
/// Its value is a property of ``TokenTerms``, which ``read(_:from:into:)`` sets and the other functions use.
protocol Claim: SendableMetatype {
    /// The member's name in a payload and in a request.
    static var name: StaticString { get }
    /// Whether a request for a token may name it; if not, the signer sets it.
    static var isRequestable: Bool { get }
    /// Whether verifiers report a malformed value only at its own check, so that an expired token is called expired.
    static var isJudgedLater: Bool { get }

    /// Reads the value of a member that is present, and not null.
    static func read(_ value: JSONValue, from source: ClaimSource, into terms: inout TokenTerms) throws(InvalidClaim)
    /// Writes the member; nothing if it is not set.
    static func write(_ terms: TokenTerms, into writer: inout JSONWriter)
    /// Whether the value may be signed.
    static func check(_ terms: TokenTerms) throws(InvalidClaim)
    /// Whether it is set and needs the time of signing.
    static func needsIssueTime(_ terms: TokenTerms) -> Bool
    /// The value in a few words for a person; nil if there is none, or if it is shown elsewhere.
    static func detail(_ terms: TokenTerms) -> String?
    /// Writes the member that reports of a verification have for it; nothing if it is not set, or reported elsewhere.
    static func report(_ terms: TokenTerms, into writer: inout JSONWriter)
}

/// Where a claim is read.
enum ClaimSource {
    /// A token, which anyone may have signed in any way that RFC 7519 allows.
    case token
    /// A request for a token, which may only ask for what we sign.
    case request
}

extension TokenTerms {
    /// Every claim, in the order in which they are signed.
    static let claims = streamClaims + additionalClaims + sessionClaims
}

extension Claim {
    static var isRequestable: Bool { true }

    static var isJudgedLater: Bool { false }

    static func check(_ terms: TokenTerms) throws(InvalidClaim) {}

    static func needsIssueTime(_ terms: TokenTerms) -> Bool { false }

    static func detail(_ terms: TokenTerms) -> String? { nil }

    static func report(_ terms: TokenTerms, into writer: inout JSONWriter) {}

    /// - Parameter place: where in the claim's value, as a JSON Pointer.
    static func invalid(_ reason: String, at place: String = "") -> InvalidClaim {
        InvalidClaim(reason, at: "/\(name)\(place)")
    }
}

/// How values of the common types are read and written.
extension Claim {
    /// Seconds since 1970: in a request whole ones.
    static func time(_ value: JSONValue, from source: ClaimSource) throws(InvalidClaim) -> NumericDate {
        do throws(NumericDate.Malformed) {
            let time = try NumericDate(claim: value)
            guard source == .token || time.isWholeSecond else { throw .notATime }
            return time
        } catch {
            switch error {
            case .notATime:
                let unit = source == .token ? "seconds" : "whole seconds"
                throw invalid("`\(name)` is not a time in \(unit) since 1970")
            case .outOfRange:
                throw invalid("`\(name)` is outside the years 1 to 9999: it is in seconds, not milliseconds")
            }
        }
    }

    static func write(_ time: NumericDate?, into writer: inout JSONWriter) {
        guard let time else { return }
        writer.name(name)
        writer.raw(time.json)
    }

    static func text(_ value: JSONValue) throws(InvalidClaim) -> String {
        guard let text = value.string else { throw invalid("`\(name)` is not a string") }
        return text
    }
}
