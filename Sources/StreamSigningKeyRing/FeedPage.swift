package import StreamSigning
package import StreamSigningStore
import StreamSigningWire

/// A piece of the feed that nodes give to gates which cannot, or must not, reach the store: changes of keys in their order,
/// with the public halves only.
package struct FeedPage: Sendable, Equatable {
    /// The last change of which the node that answers knows.
    package let number: ChangeNumber
    /// How long before its answer that node knew its keys to be the store's.
    package let age: Duration
    /// The changes after the one that was asked for, or the first of them.
    package let changes: [KeyChange]

    package init(number: ChangeNumber, age: Duration, changes: [KeyChange]) {
        self.number = number
        self.age = age
        self.changes = changes
    }

    /// Says how many milliseconds ago the answering node's keys were confirmed.
    package static let ageField: StaticString = "X-Feed-Age-Ms"

    /// The entity tag of a page that ends with this change.
    package static func tag(_ number: ChangeNumber) -> String {
        "\"\(number.rawValue)\""
    }

    /// How many changes a page has at most.
    package static let limit = 1024

    /// The value of the answer's `result`.
    package func write(into writer: inout JSONWriter) {
        writer.object { page in
            page.name("number")
            page.raw("\(number.rawValue)")
            page.name("age_ms")
            page.raw("\(age.milliseconds)")
            page.name("changes")
            page.array { list in
                for change in changes { change.write(into: &list) }
            }
        }
    }
}

extension FeedPage {
    /// Reads an answer.
    package init(reading bytes: UnsafeRawBufferPointer) throws(StoreError) {
        let answer: Answer<FeedPage>
        do throws(WireProblem) {
            answer = try Envelope.read(bytes) { result throws(WireProblem) in try FeedPage(result) }
        } catch {
            throw StoreError(.corrupt, "the feed's answer cannot be read: \(error.reason)")
        }
        guard case .result(let page) = answer else { throw StoreError(.unavailable, "the feed refuses") }
        self = page
    }

    private init(_ value: JSONValue?) throws(WireProblem) {
        guard let number = value?["number"]?.integer, number >= 0 else { throw WireProblem("`number` is not one") }
        guard let age = value?["age_ms"]?.integer, (0...86_400_000).contains(age) else {
            throw WireProblem("`age_ms` is not one")
        }
        guard let elements = value?["changes"]?.elements else { throw WireProblem("`changes` is no list") }
        var changes: [KeyChange] = []
        for element in elements { changes.append(try KeyChange(reading: element)) }
        self.init(
            number: ChangeNumber(rawValue: Int64(number)), age: .milliseconds(age), changes: changes)
    }
}

extension KeyChange {
    fileprivate func write(into writer: inout JSONWriter) {
        writer.object { change in
            change.name("number")
            change.raw("\(number.rawValue)")
            change.name("account")
            change.string(account.rawValue)
            change.name("time_us")
            change.raw("\(time.microseconds)")
            switch kind {
            case .added(let key):
                change.name("added")
                change.string(key.id.rawValue)
                change.name("public_key")
                change.string(key.der.withUnsafeBytes { Base64.url.encode($0) })
            case .revoked(let id):
                change.name("revoked")
                change.string(id.rawValue)
            }
        }
    }

    fileprivate init(reading value: JSONValue) throws(WireProblem) {
        guard let number = value["number"]?.integer, number > 0, let time = value["time_us"]?.integer,
            let account = value["account"]?.string.flatMap({ AccountID($0) })
        else { throw WireProblem("a change has no number, account or time") }
        self.init(
            number: ChangeNumber(rawValue: Int64(number)), account: account, kind: try Kind(reading: value),
            time: NumericDate(microseconds: Int64(time)))
    }
}

extension KeyChange.Kind {
    /// A kind of change that this version does not know is an error: it might be one by which tokens end.
    fileprivate init(reading value: JSONValue) throws(WireProblem) {
        if let id = value["added"]?.string.flatMap({ try? KeyID($0) }),
            let der = value["public_key"]?.withStringBytes({ Base64.url.decode($0) }) ?? nil
        {
            self = .added(StoredPublicKey(id: id, der: der.withUnsafeBytes { Array($0) }))
        } else if let id = value["revoked"]?.string.flatMap({ try? KeyID($0) }) {
            self = .revoked(id)
        } else {
            throw WireProblem("a change is of a kind that this version does not know")
        }
    }
}
