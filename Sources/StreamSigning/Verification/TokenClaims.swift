/// A token's claims as read from its payload, before anything is compared with a request.
struct TokenClaims: Sendable {
    enum Rules: Sendable {
        case understood([AccessRule])
        /// Kept until the rules are due, so that an expired token is called expired.
        case malformed(reason: String)
    }

    /// `sub`, which may be any string.
    let subject: String
    let expires: NumericDate?
    let notBefore: NumericDate?
    let isDownloadable: Bool
    let rules: Rules
    let wantsOriginal: Bool

    init(_ payload: JSONValue) throws(Denial) {
        guard payload.kind == .object else { throw Self.malformed("the payload is not a JSON object") }
        var subject: String?
        var (expires, notBefore): (NumericDate?, NumericDate?)
        var (isDownloadable, wantsOriginal) = (false, false)
        var rules = Rules.understood([])
        try payload.forEachMember { name, value throws(Denial) in
            if name.isString("sub") {
                guard let text = value.string else { throw Self.malformed("`sub` is not a string") }
                subject = text
            } else if name.isString("exp") {
                expires = try Self.time(value, "exp")
            } else if name.isString("nbf") {
                notBefore = try Self.time(value, "nbf")
            } else if name.isString("downloadable") {
                guard let flag = value.boolean else { throw Self.malformed("`downloadable` is not true or false") }
                isDownloadable = flag
            } else if name.isString("accessRules") {
                rules = Self.rules(value)
            } else if name.isString("flags") {
                wantsOriginal = try Self.original(value)
            }
        }
        guard let subject else { throw Self.malformed("there is no `sub`: it must be the id of the video") }
        self.subject = subject
        self.expires = expires
        self.notBefore = notBefore
        self.isDownloadable = isDownloadable
        self.rules = rules
        self.wantsOriginal = wantsOriginal
    }

    static func malformed(_ reason: String) -> Denial {
        Denial(.claimsMalformed, "\(reason): sign the token anew")
    }

    private static func time(_ value: JSONValue, _ name: StaticString) throws(Denial) -> NumericDate {
        do throws(NumericDate.Malformed) {
            return try NumericDate(claim: value)
        } catch {
            switch error {
            case .notATime: throw malformed("`\(name)` is not a time in seconds since 1970")
            case .outOfRange:
                throw malformed("`\(name)` is outside the years 1 to 9999: it is in seconds, not milliseconds")
            }
        }
    }

    private static func original(_ flags: JSONValue) throws(Denial) -> Bool {
        guard flags.kind == .object else { throw malformed("`flags` is not an object") }
        guard let original = flags["original"] else { return false }
        guard let value = original.boolean else { throw malformed("`flags.original` is not true or false") }
        return value
    }

    private static func rules(_ value: JSONValue) -> Rules {
        do throws(AccessRule.Malformed) {
            return .understood(try AccessRule.readAll(value))
        } catch {
            return .malformed(reason: error.reason)
        }
    }
}
