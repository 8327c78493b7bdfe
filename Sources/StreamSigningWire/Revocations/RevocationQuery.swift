package import StreamSigning

/// Which of the revocations in force a list shows: the parameters of `GET …/stream/revocations`.
package struct RevocationQuery: Sendable, Hashable {
    /// How many at most.
    package var limit = RevocationQuery.defaultLimit
    /// The last one of the page before.
    package var after: RevocationID?
    /// Only those of this subject.
    package var subject: RevocationSubject?

    package static let defaultLimit = 100
    package static let maximumLimit = 1_000

    package init(subject: RevocationSubject? = nil, limit: Int = defaultLimit, after: RevocationID? = nil) {
        self.subject = subject
        self.limit = limit
        self.after = after
    }

    /// - Parameter values: gives every value of a parameter.
    /// - Throws: ``WireProblem`` naming the parameter; unknown ones are not looked at.
    package init(reading values: (String) -> [String]) throws(WireProblem) {
        func single(_ name: String) throws(WireProblem) -> String? {
            let values = values(name)
            guard values.count <= 1 else { throw WireProblem("the parameter `\(name)` is given more than once") }
            return values.first
        }
        if let text = try single("limit") {
            guard let limit = Int(text), (1...Self.maximumLimit).contains(limit) else {
                throw WireProblem("the parameter `limit` is not a number from 1 to \(Self.maximumLimit)")
            }
            self.limit = limit
        }
        if let text = try single("after") {
            guard let id = RevocationID(text) else {
                throw WireProblem("the parameter `after` is not the id of a revocation")
            }
            after = id
        }
        for kind in RevocationSubject.Kind.allCases {
            guard let text = try single(kind.rawValue) else { continue }
            guard subject == nil else {
                throw WireProblem("a revocation has one subject: one of the parameters that name it is enough")
            }
            do throws(InvalidRevocation) {
                subject = try RevocationSubject(kind, text)
            } catch {
                throw WireProblem("the parameter `\(kind.rawValue)` cannot be one: \(error.reason)")
            }
        }
    }

    /// The query of a URL, with its `?`.
    package var text: String {
        var parameters = ["limit=\(limit)"]
        if let after { parameters.append("after=\(after)") }
        if let subject { parameters.append("\(subject.kind.rawValue)=\(PercentEncoding.encode(subject.id))") }
        return "?" + parameters.joined(separator: "&")
    }
}
