package import StreamSigning
package import StreamSigningStore
import StreamSigningWire

/// A piece of the feed that nodes give to gates which cannot, or must not, reach the store: changes in their order, with
/// the public halves of keys only.
package struct FeedPage: Sendable, Equatable {
    /// The last change of which the node that answers knows.
    package let number: ChangeNumber
    /// How long before its answer that node knew its keys to be the store's.
    package let age: Duration
    /// The changes after the one that was asked for, or the first of them.
    package let changes: [StoreChange]

    package init(number: ChangeNumber, age: Duration, changes: [StoreChange]) {
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
            page.raw("\(age.inMilliseconds)")
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
        guard let number = value?["number"]?.integer, number >= 0 else { throw WireProblem("`number` is not a number") }
        guard let age = value?["age_ms"]?.integer, (0...86_400_000).contains(age) else {
            throw WireProblem("`age_ms` is not an age")
        }
        guard let elements = value?["changes"]?.elements else { throw WireProblem("`changes` is not a list") }
        var changes: [StoreChange] = []
        for element in elements { changes.append(try StoreChange(reading: element)) }
        self.init(
            number: ChangeNumber(rawValue: Int64(number)), age: .milliseconds(age), changes: changes)
    }
}
