import StreamSigning

extension StoreChange.Content {
    init(_ kind: ChangeKind, of revocation: Revocation) {
        self.init(kind: kind, subject: revocation.id.rawValue, payload: RevocationPayload(revocation).text)
    }

    /// The revocation that the change is about.
    /// - Throws: ``StoreError``: `corrupt` if it is about none.
    func revocation() throws(StoreError) -> Revocation {
        var text = payload ?? ""
        let read = text.withUTF8 { bytes in
            (try? StrictJSON(parsing: bytes)).flatMap { RevocationPayload.revocation(subject, $0.root) }
        }
        guard let read else { throw StoreError(.corrupt, "a change is about a revocation that cannot be read") }
        return read
    }
}

/// What a change says of a revocation besides its id, as a JSON object:
/// `{"viewer":"user-4711","issuedBefore":1760000001,"until":1760604800,"created":1760000000}`, times in unix seconds.
struct RevocationPayload {
    let text: String

    init(_ revocation: Revocation) {
        var writer = JSONWriter()
        writer.object {
            $0.name(computed: revocation.subject.kind.rawValue)
            $0.string(revocation.subject.id)
            Self.write("issuedBefore", revocation.issuedBefore, into: &$0)
            Self.write("until", revocation.until, into: &$0)
            Self.write("created", revocation.created, into: &$0)
        }
        text = String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func write(_ name: StaticString, _ time: NumericDate?, into writer: inout JSONWriter) {
        guard let time else { return }
        writer.name(name)
        writer.raw("\(time.seconds)")
    }

    /// nil if the payload is not a revocation's.
    static func revocation(_ id: String, _ payload: JSONValue) -> Revocation? {
        var subjects: [RevocationSubject?] = []
        payload.forEachMember { name, value in
            guard let kind = name.string.flatMap(RevocationSubject.Kind.init) else { return }
            subjects.append(value.string.flatMap { try? RevocationSubject(recorded: kind, $0) })
        }
        guard let id = RevocationID(id), subjects.count == 1, let subject = subjects[0],
            let until = time(payload["until"]), let created = time(payload["created"])
        else { return nil }
        return try? Revocation(
            id: id, subject: subject, issuedBefore: time(payload["issuedBefore"]), until: until, created: created)
    }

    private static func time(_ value: JSONValue?) -> NumericDate? {
        value?.integer.map { NumericDate(secondsSince1970: Int64($0)) }
    }
}
