extension TokenTerms {
    /// The claims that Stream knows.
    static let streamClaims: [any Claim.Type] = [
        ExpiryClaim.self, NotBeforeClaim.self, DownloadableClaim.self, AccessRulesClaim.self, FlagsClaim.self,
    ]
}

/// `exp`
enum ExpiryClaim: Claim {
    static var name: StaticString { "exp" }

    static func read(_ value: JSONValue, from source: ClaimSource, into terms: inout TokenTerms) throws(InvalidClaim) {
        terms.expires = try time(value, from: source)
    }

    static func write(_ terms: TokenTerms, into writer: inout JSONWriter) {
        write(terms.expires, into: &writer)
    }
}

/// `nbf`
enum NotBeforeClaim: Claim {
    static var name: StaticString { "nbf" }

    static func read(_ value: JSONValue, from source: ClaimSource, into terms: inout TokenTerms) throws(InvalidClaim) {
        terms.notBefore = try time(value, from: source)
    }

    static func write(_ terms: TokenTerms, into writer: inout JSONWriter) {
        write(terms.notBefore, into: &writer)
    }

    static func check(_ terms: TokenTerms) throws(InvalidClaim) {
        guard let start = terms.notBefore, let end = terms.expires, start >= end else { return }
        throw invalid("the token would never be valid: not before \(start), but expired at \(end)")
    }
}

/// `downloadable`
enum DownloadableClaim: Claim {
    static var name: StaticString { "downloadable" }

    static func read(_ value: JSONValue, from source: ClaimSource, into terms: inout TokenTerms) throws(InvalidClaim) {
        guard let flag = value.boolean else { throw invalid("`\(name)` is not true or false") }
        terms.isDownloadable = flag
    }

    static func write(_ terms: TokenTerms, into writer: inout JSONWriter) {
        guard terms.isDownloadable else { return }
        writer.name(name)
        writer.boolean(true)
    }

    static func detail(_ terms: TokenTerms) -> String? {
        terms.isDownloadable ? "downloadable" : nil
    }
}

/// `accessRules`
enum AccessRulesClaim: Claim {
    static var name: StaticString { "accessRules" }
    static var isJudgedLater: Bool { true }

    static func read(_ value: JSONValue, from source: ClaimSource, into terms: inout TokenTerms) throws(InvalidClaim) {
        do throws(AccessRule.Malformed) {
            terms.rules = try AccessRule.readAll(value)
        } catch {
            throw invalid(error.reason, at: error.index.map { "/\($0)" } ?? "")
        }
    }

    static func write(_ terms: TokenTerms, into writer: inout JSONWriter) {
        guard !terms.rules.isEmpty else { return }
        writer.name(name)
        writer.array { list in
            for rule in terms.rules { rule.write(into: &list) }
        }
    }

    static func check(_ terms: TokenTerms) throws(InvalidClaim) {
        guard terms.rules.count <= AccessRule.maximumWhenSigning else {
            throw invalid(
                "a token has at most \(AccessRule.maximumWhenSigning) access rules, not \(terms.rules.count)")
        }
        for (index, rule) in terms.rules.enumerated() {
            guard !rule.isEmpty else {
                throw invalid(
                    "access rule \(index + 1) names no address or country, so it would match nobody", at: "/\(index)")
            }
            // Tokens of other signers may have it, and their rules may be signed again.
            if let code = rule.unassignedCountry {
                throw invalid("access rule \(index + 1): \(code.unassignedReason)", at: "/\(index)")
            }
        }
    }
}

/// `flags`, of which `original` alone means something.
enum FlagsClaim: Claim {
    static var name: StaticString { "flags" }

    static func read(_ value: JSONValue, from source: ClaimSource, into terms: inout TokenTerms) throws(InvalidClaim) {
        guard value.kind == .object else { throw invalid("`\(name)` is not an object") }
        guard let original = value["original"], original.kind != .null else { return }
        guard let flag = original.boolean else {
            throw invalid("`\(name).original` is not true or false", at: "/original")
        }
        terms.wantsOriginal = flag
    }

    static func write(_ terms: TokenTerms, into writer: inout JSONWriter) {
        guard terms.wantsOriginal else { return }
        writer.name(name)
        writer.object { flags in
            flags.name("original")
            flags.boolean(true)
        }
    }

    static func detail(_ terms: TokenTerms) -> String? {
        terms.wantsOriginal ? "original" : nil
    }
}

extension AccessRule {
    fileprivate var isEmpty: Bool {
        switch viewers {
        case .any: false
        case .addresses(let networks): networks.isEmpty
        case .countries(let countries): countries.isEmpty
        }
    }

    /// A code that no country has.
    fileprivate var unassignedCountry: CountryCode? {
        guard case .countries(let countries) = viewers else { return nil }
        return countries.first { !$0.isAssigned }
    }
}
