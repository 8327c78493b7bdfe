public import StreamSigning

/// A page of the revocations in force, the newest first.
public struct RevocationPage: Sendable, Hashable {
    /// Those on the page.
    public let revocations: [Revocation]
    /// What the request for the next page names; nil if this is the last.
    public let after: RevocationID?
    /// Whether there may be others in force: on other pages, or of another subject than was asked for. A verifier with a partial list
    /// lets in what the others refuse.
    public let isPartial: Bool

    /// A page.
    /// - Parameter isPartial: whether others were left out that do not follow on the next page.
    package init(_ revocations: [Revocation], after: RevocationID?, isPartial: Bool = false) {
        self.revocations = revocations
        self.after = after
        self.isPartial = isPartial || after != nil
    }

    /// Reads the answer to a list: `result`, and of `result_info` the `cursors` and whether it is `partial`.
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
        isPartial = after != nil || answer["result_info"]?.isPartial ?? false
    }

    /// The whole answer: `{"result":[…],…,"result_info":{"count":…,"cursors":{"after":…},"partial":true}}`, without `after` on the
    /// last page, and without `partial` if it has all that are in force.
    package func envelope() -> [UInt8] {
        Envelope.success { writer in
            Revocation.writeAll(revocations, into: &writer)
        } information: { writer in
            writer.object {
                $0.member("count", revocations.count)
                $0.name("cursors")
                $0.object { $0.member("after", after?.rawValue) }
                if isPartial { $0.member("partial", true) }
            }
        }
    }
}

extension JSONValue {
    /// Whether an object says that there may be others. What is not plainly a no is a yes: the other way round would let tokens in.
    var isPartial: Bool {
        guard let member = self["partial"], member.kind != .null else { return false }
        return member.boolean != false
    }
}
