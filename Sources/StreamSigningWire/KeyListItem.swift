public import StreamSigning

/// One key in a list, or in the answer to an import: its name and nothing of the key itself.
public struct KeyListItem: Sendable, Hashable {
    /// The `kid` of the tokens it signs.
    public let id: KeyID
    /// When it was created or imported.
    public let created: NumericDate
    /// What people call it; nil if it has no name. Stream's keys have none.
    public let name: String?
    /// Whether its tokens are let in. Stream's always are.
    public let isEnabled: Bool
    /// The first moment at which its tokens are not let in any more; nil if it does not expire.
    public let expires: NumericDate?

    /// A key of the account.
    public init(
        id: KeyID, created: NumericDate, name: String? = nil, isEnabled: Bool = true, expires: NumericDate? = nil
    ) {
        self.id = id
        self.created = created
        self.name = name
        self.isEnabled = isEnabled
        self.expires = expires
    }

    /// Reads `{"id":…,"created":…}` and, where a service has them, `name`, `enabled` and `expires`; other members, such as the
    /// `key_id` that repeats the id, are ignored.
    package init(reading value: JSONValue?, at pointer: String = "/result") throws(WireProblem) {
        guard let value, value.kind == .object else { throw WireProblem("not an object", at: pointer) }
        id = try KeyID(readingMember: value["id"], at: "\(pointer)/id")
        created = try NumericDate(readingMember: value["created"], at: "\(pointer)/created")
        name = value["name"]?.string
        isEnabled = value["enabled"]?.boolean ?? true
        expires =
            switch value["expires"]?.kind {
            case nil, .null: nil
            default: try NumericDate(readingMember: value["expires"], at: "\(pointer)/expires")
            }
    }

    /// Reads the `result` of a list, in which Stream writes null for no keys.
    package static func readAll(_ value: JSONValue?) throws(WireProblem) -> [KeyListItem] {
        guard let value else { throw WireProblem("there is no `result`", at: "/result") }
        guard value.kind != .null else { return [] }
        guard let elements = value.elements else { throw WireProblem("not an array", at: "/result") }
        var items: [KeyListItem] = []
        items.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            items.append(try KeyListItem(reading: element, at: "/result/\(index)"))
        }
        return items
    }

    /// Writes the object, with the `key_id` that Stream's schema has as well as `id`.
    package func write(into writer: inout JSONWriter) {
        writer.object {
            $0.member("id", id.rawValue)
            $0.member("created", created)
            $0.member("key_id", id.rawValue)
        }
    }

    /// Writes the object with everything that is known of the key.
    package func writeDetails(into writer: inout JSONWriter) {
        writer.object {
            $0.member("id", id.rawValue)
            $0.member("created", created)
            $0.member("key_id", id.rawValue)
            $0.nullable("name", name)
            $0.member("enabled", isEnabled)
            $0.nullable("expires", expires?.description)
        }
    }

    /// Writes the `result` of a list: null for no keys, as Stream does.
    package static func writeAll(_ items: [KeyListItem], into writer: inout JSONWriter) {
        guard !items.isEmpty else { return writer.raw("null") }
        writer.array { list in
            for item in items { item.writeDetails(into: &list) }
        }
    }
}

extension KeyID {
    init(readingMember value: JSONValue?, at pointer: String) throws(WireProblem) {
        guard let text = value?.string else { throw WireProblem("not a string", at: pointer) }
        do {
            self = try KeyID(text)
        } catch {
            throw WireProblem(error.reason, at: pointer)
        }
    }
}

extension NumericDate {
    /// RFC 3339, of whose fraction Stream writes up to nine digits.
    init(readingMember value: JSONValue?, at pointer: String) throws(WireProblem) {
        guard let text = value?.string, text.contains("T"), let time = NumericDate(text) else {
            throw WireProblem("not a time in RFC 3339", at: pointer)
        }
        self = time
    }
}
