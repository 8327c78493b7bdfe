/// That tokens are refused although their key is good: one token, one session, or what a viewer or a video had been given
/// before a moment.
///
/// A ``RevocationSet`` finds it for a token. It ends by itself, at ``until``.
public struct Revocation: Hashable, Sendable {
    /// Its name.
    public let id: RevocationID
    /// What is refused.
    public let subject: RevocationSubject
    /// With a viewer or a video: tokens whose `iat` is earlier, or that have none, are refused, and those from then on are
    /// spared. nil with a token or a session.
    public let issuedBefore: NumericDate?
    /// The first moment at which it no longer counts.
    public let until: NumericDate
    /// When it was asked for, rounded down to the second.
    public let created: NumericDate
    /// Why, for operators; never shown to viewers.
    public let reason: String?

    /// How long a revocation lasts that does not say.
    public static let defaultLifetime: Duration = .seconds(7 * 86_400)
    /// The longest time from ``created`` to ``until``.
    public static let maximumLifetime: Duration = .seconds(366 * 86_400)
    /// The longest ``reason``, in bytes.
    public static let maximumReasonCount = 200

    /// A revocation as it was stored or received. ``RevocationRequest`` makes a new one.
    /// - Parameters:
    ///   - id: its name.
    ///   - subject: what is refused.
    ///   - issuedBefore: with a viewer or a video; at most the second after `created`. Rounded up to the second.
    ///   - until: after `created`, by 366 days at most. Rounded up to the second.
    ///   - created: rounded down to the second.
    ///   - reason: at most 200 bytes without control characters; an empty text counts as none.
    /// - Throws: ``InvalidRevocation``.
    public init(
        id: RevocationID, subject: RevocationSubject, issuedBefore: NumericDate?, until: NumericDate,
        created: NumericDate, reason: String? = nil
    ) throws(InvalidRevocation) {
        try Self.check(until: until, created: created, slack: .seconds(1))
        if let problem = Self.problem(issuedBefore, with: subject.kind, created: created) {
            throw InvalidRevocation("`issuedBefore` \(problem)", at: "/issuedBefore")
        }
        if let problem = reason.flatMap(Self.problem) {
            throw InvalidRevocation("`reason` \(problem)", at: "/reason")
        }
        self.id = id
        self.subject = subject
        self.issuedBefore = issuedBefore?.roundedUp
        self.until = until.roundedUp
        self.created = created.wholeSecond
        self.reason = reason?.isEmpty == true ? nil : reason
    }

    /// - Parameter slack: what rounding may have added.
    static func check(until: NumericDate, created: NumericDate, slack: Duration = .zero) throws(InvalidRevocation) {
        guard until > created else {
            throw InvalidRevocation("`until` \(until) is not in the future", at: "/until")
        }
        guard until - created <= maximumLifetime + slack else {
            let days = maximumLifetime.components.seconds / 86_400
            throw InvalidRevocation("`until` \(until) is more than \(days) days away", at: "/until")
        }
    }

    private static func problem(
        _ issuedBefore: NumericDate?, with kind: RevocationSubject.Kind, created: NumericDate
    ) -> String? {
        guard kind.sparesLaterTokens else {
            return issuedBefore == nil ? nil : "goes with `viewer` and `video` only"
        }
        guard let issuedBefore else { return "is missing" }
        return issuedBefore <= created.secondAfter ? nil : "is in the future: nothing was signed then"
    }

    private static func problem(_ reason: String) -> String? {
        guard reason.utf8.count <= maximumReasonCount else {
            return "has at most \(maximumReasonCount) bytes, not \(reason.utf8.count)"
        }
        return reason.hasControlCharacters ? "has no control characters" : nil
    }

    /// One that is read back from a set, which it entered checked.
    init(
        checked id: RevocationID, subject: RevocationSubject, issuedBefore: NumericDate?, until: NumericDate,
        created: NumericDate, reason: String?
    ) {
        self.id = id
        self.subject = subject
        self.issuedBefore = issuedBefore
        self.until = until
        self.created = created
        self.reason = reason
    }

    /// The same without the reason, for those who refuse viewers and tell them nothing: a million of them take less memory so.
    package var withoutReason: Revocation {
        Revocation(
            checked: id, subject: subject, issuedBefore: issuedBefore, until: until, created: created, reason: nil)
    }
}

extension Revocation: CustomStringConvertible {
    /// `viewer user-4711, revocation 5213cfa1…, signed before 2026-11-28T12:00:00Z, until 2026-12-05T12:00:00Z: reason`
    public var description: String {
        let before = issuedBefore.map { ", signed before \($0)" } ?? ""
        let reason = reason.map { ": \($0.excerpt(Self.maximumReasonCount))" } ?? ""
        return "\(subject), revocation \(id)\(before), until \(until)\(reason)"
    }
}

extension NumericDate {
    /// The start of the second after this one: what was signed within this second is before it.
    package var secondAfter: NumericDate { wholeSecond + .seconds(1) }

    /// This time if it is a whole second, else the start of the next.
    var roundedUp: NumericDate { isWholeSecond ? self : secondAfter }
}
