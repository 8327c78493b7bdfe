package import StreamSigning

/// Members of a request that nobody knows. They are ignored, as Stream ignores them, and the answer says so: somebody who mistypes
/// `until` has to learn that it does not count.
///
/// For bodies of our own alone: SDKs send members of theirs in those that Stream has too.
package enum IgnoredMembers {
    /// The most that one answer names.
    package static let limit = 10

    /// - Parameters:
    ///   - body: an object, or an array of them.
    ///   - known: the names of the members that count.
    package static func messages(in body: JSONValue, besides known: [String]) -> [APIMessage] {
        var messages: [APIMessage] = []
        guard let elements = body.elements else {
            append(to: &messages, in: body, at: "", besides: known)
            return messages
        }
        for (index, element) in elements.enumerated() where messages.count < limit {
            append(to: &messages, in: element, at: "/\(index)", besides: known)
        }
        return messages
    }

    private static func append(
        to messages: inout [APIMessage], in object: JSONValue, at place: String, besides known: [String]
    ) {
        object.forEachMember { name, value in
            guard messages.count < limit, value.kind != .null, let name = name.string, !known.contains(name) else {
                return
            }
            let list = known.map { "`\($0)`" }.joined(separator: ", ")
            messages.append(
                APIMessage(
                    .memberIgnored, "`\(name.excerpt())` is not known, and was ignored: there are \(list)",
                    pointer: "\(place)/\(name.excerpt().escapedForPointer)"))
        }
    }
}

extension String {
    /// As a token of a JSON Pointer (RFC 6901 3).
    fileprivate var escapedForPointer: String {
        replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
