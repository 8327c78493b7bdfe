public import StreamSigning

/// One key in a list, or in the answer to an import: its name and nothing of the key itself.
public struct KeyListItem: Sendable, Hashable {
    /// The `kid` of the tokens it signs.
    public let id: KeyID
    /// When it was created or imported.
    public let created: NumericDate
    /// Whether it is one of the service's own, which it signs with or did. Deleting it ends the tokens and sessions that the service
    /// signed with it. Stream doesn't list its own.
    public let isServiceKey: Bool
    /// What people call it; nil if it has no name. Stream's keys have none.
    public let name: String?
    /// Whether its tokens are let in. Stream's always are.
    public let isEnabled: Bool
    /// The first moment at which its tokens are not let in any more; nil if it does not expire.
    public let expires: NumericDate?
    /// When a gate last let in a token of it, to within 15 seconds; nil if none has, or the service does not say.
    public let lastUsed: NumericDate?
    /// The latest expiry of the tokens that gates have let in; nil as ``lastUsed``.
    public let latestExpiry: NumericDate?

    /// From when on it can be deleted without a viewer noticing, if it signs nothing new. A token that nobody has used yet is not
    /// known of. nil as ``lastUsed``, and for the service's own: a list doesn't say which of them still signs.
    public var safeToDeleteAt: NumericDate? { isServiceKey ? nil : latestExpiry }

    /// A key of the account.
    public init(
        id: KeyID, created: NumericDate, isServiceKey: Bool = false, name: String? = nil, isEnabled: Bool = true,
        expires: NumericDate? = nil, lastUsed: NumericDate? = nil, latestExpiry: NumericDate? = nil
    ) {
        self.id = id
        self.created = created
        self.isServiceKey = isServiceKey
        self.name = name
        self.isEnabled = isEnabled
        self.expires = expires
        self.lastUsed = lastUsed
        self.latestExpiry = latestExpiry
    }

    /// Reads `{"id":…,"created":…}` and, where a service has them, `service_key`, `name`, `enabled`, `expires`, `last_used` and
    /// `latest_expiry`; other members, such as the `key_id` that repeats the id, are ignored.
    package init(reading value: JSONValue?, at pointer: String = "/result") throws(WireProblem) {
        guard let value, value.kind == .object else { throw WireProblem("not an object", at: pointer) }
        id = try KeyID(readingMember: value["id"], at: "\(pointer)/id")
        created = try NumericDate(readingMember: value["created"], at: "\(pointer)/created")
        isServiceKey = value["service_key"]?.boolean ?? false
        name = value["name"]?.string
        isEnabled = value["enabled"]?.boolean ?? true
        expires = try value.timeOrNull("expires", at: pointer)
        lastUsed = try value.timeOrNull("last_used", at: pointer)
        latestExpiry = try value.timeOrNull("latest_expiry", at: pointer)
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
            $0.member("service_key", isServiceKey)
            $0.nullable("name", name)
            $0.member("enabled", isEnabled)
            $0.nullable("expires", expires?.description)
            $0.nullable("last_used", lastUsed?.description)
            $0.nullable("latest_expiry", latestExpiry?.description)
            $0.nullable("safe_to_delete_at", safeToDeleteAt?.description)
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

extension JSONValue {
    fileprivate func timeOrNull(_ name: StaticString, at pointer: String) throws(WireProblem) -> NumericDate? {
        guard let member = self[name], member.kind != .null else { return nil }
        return try NumericDate(readingMember: member, at: "\(pointer)/\(name)")
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
