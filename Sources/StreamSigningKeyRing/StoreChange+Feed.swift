import StreamSigning
import StreamSigningStore
import StreamSigningWire

/// A change in the feed: `{"number":7,"account":"a","time_us":1760000000000000,"added":"KEY ID","public_key":"…"}`. The
/// member that is named like the kind has the subject.
extension StoreChange {
    func write(into writer: inout JSONWriter) {
        writer.object { change in
            change.name("number")
            change.raw("\(number.rawValue)")
            change.name("account")
            change.string(account.rawValue)
            change.name("time_us")
            change.raw("\(time.microseconds)")
            change.name(computed: content.kind.rawValue)
            change.string(content.subject)
            if let key = content.key {
                change.name("public_key")
                change.string(key.der.withUnsafeBytes { Base64.url.encode($0) })
            }
            if let payload = content.payload {
                change.name("payload")
                change.raw(payload)
            }
        }
    }

    /// - Throws: ``WireProblem`` for anything that could not be applied, an unknown kind above all.
    init(reading value: JSONValue) throws(WireProblem) {
        guard let number = value["number"]?.integer, number > 0, let time = value["time_us"]?.integer,
            let account = value["account"]?.string.flatMap({ AccountID($0) })
        else { throw WireProblem("a change has no number, account or time") }
        self.init(
            number: ChangeNumber(rawValue: Int64(number)), account: account, content: try Content(reading: value),
            time: NumericDate(microseconds: Int64(time)))
        do throws(StoreError) {
            try check()
        } catch {
            throw WireProblem(error.reason)
        }
    }
}

extension StoreChange.Content {
    fileprivate init(reading value: JSONValue) throws(WireProblem) {
        var found: (kind: ChangeKind, subject: String?)?
        value.forEachMember { name, member in
            guard found == nil, let kind = ChangeKind.rules.first(where: { name.string == $0.kind.rawValue })?.kind
            else { return }
            found = (kind, member.string)
        }
        guard let kind = found?.kind, let subject = found?.subject else {
            throw WireProblem(StoreError.unknownChange.reason)
        }
        var key: StoredPublicKey?
        if let member = value["public_key"] {
            guard let id = try? KeyID(subject), let der = member.withStringBytes({ Base64.url.decode($0) }) ?? nil
            else {
                throw WireProblem("a change has a key that cannot be read")
            }
            key = StoredPublicKey(id: id, der: der.withUnsafeBytes { Array($0) })
        }
        let payload = value["payload"]
        guard payload == nil || payload?.kind == .object else {
            throw WireProblem("a change's payload is not an object")
        }
        self.init(
            kind: kind, subject: subject, key: key,
            payload: payload.map { String(decoding: $0.source, as: UTF8.self) })
    }
}
