package import StreamSigning

/// Unknown members of a request. They are ignored, as Stream ignores them, and the answer says so: somebody who mistypes `until` has
/// to learn that it does not count.
///
/// For bodies of our own alone: SDKs send members of their own in those that Stream has too.
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
            let excerpt = name.excerpt()
            messages.append(
                APIMessage(
                    .memberIgnored, "`\(excerpt)` is unknown and was ignored; known members: \(list)",
                    // A shortened name would point at nothing, so the object has to do.
                    pointer: name == excerpt ? "\(place)/\(name.jsonPointerToken)" : place))
        }
    }
}
