public import StreamSigning

/// A page of the revocations in force, the newest first.
public struct RevocationPage: Sendable, Hashable {
    /// Those on the page.
    public let revocations: [Revocation]
    /// What the request for the next page names; nil if this is the last.
    public let after: RevocationID?

    /// A page.
    package init(_ revocations: [Revocation], after: RevocationID?) {
        self.revocations = revocations
        self.after = after
    }

    /// Reads the answer to a list: `result`, and the `cursors` of `result_info`.
    package init(reading answer: JSONValue) throws(WireProblem) {
        revocations = try Revocation.readAll(answer["result"])
        let cursor = answer["result_info"]?["cursors"]?["after"]
        switch cursor?.kind {
        case nil, .null: after = nil
        default:
            guard let id = cursor?.string.flatMap({ RevocationID($0) }) else {
                throw WireProblem("not the id of a revocation", at: "/result_info/cursors/after")
            }
            after = id
        }
    }

    /// The whole answer: `{"result":[…],…,"result_info":{"count":…,"cursors":{"after":…}}}`, without `after` on the last page.
    package func envelope() -> [UInt8] {
        Envelope.success { writer in
            Revocation.writeAll(revocations, into: &writer)
        } information: { writer in
            writer.object {
                $0.member("count", revocations.count)
                $0.name("cursors")
                $0.object { $0.member("after", after?.rawValue) }
            }
        }
    }
}
