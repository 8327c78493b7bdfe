package import StreamSigning
package import StreamSigningStore
package import StreamSigningWire

/// What a gate that is fed tells of the use of keys: `{"uses":[{"key":"…","last_used":1760000000,"latest_expiry":1760003600}]}`,
/// with times in seconds since 1970.
package struct KeyUseReport: Sendable, Equatable {
    package let uses: [KeyID: KeyUse]

    package init(_ uses: [KeyID: KeyUse]) {
        self.uses = uses
    }

    /// How many keys a report has at most.
    package static let limit = 1_000
    /// The longest body that is read.
    package static let maximumByteCount = 1 << 20

    /// As many reports as it takes.
    package static func all(of uses: [KeyID: KeyUse]) -> [KeyUseReport] {
        let entries = uses.map { $0 }
        return stride(from: 0, to: entries.count, by: limit).map { start in
            let part = entries[start..<min(start + limit, entries.count)]
            return KeyUseReport(Dictionary(uniqueKeysWithValues: part.map { ($0.key, $0.value) }))
        }
    }

    /// The body of a request.
    package var text: [UInt8] {
        var writer = JSONWriter(reserving: uses.count * 128)
        writer.object { report in
            report.name("uses")
            report.array { list in
                for (id, use) in uses {
                    list.object {
                        $0.member("key", id.rawValue)
                        $0.member("last_used", Int(use.last.seconds))
                        $0.member("latest_expiry", Int(use.latestExpiry.seconds))
                    }
                }
            }
        }
        return writer.bytes
    }

    /// Reads the body of a request.
    package init(reading value: JSONValue) throws(WireProblem) {
        guard let elements = value["uses"]?.elements else { throw WireProblem("not an array", at: "/uses") }
        guard elements.count <= Self.limit else {
            throw WireProblem("at most \(Self.limit) keys at once, not \(elements.count)", at: "/uses")
        }
        var uses: [KeyID: KeyUse] = [:]
        for (index, element) in elements.enumerated() {
            guard let id = element["key"]?.string.flatMap({ try? KeyID($0) }) else {
                throw WireProblem("not the id of a key", at: "/uses/\(index)/key")
            }
            let use = KeyUse(
                last: try element.second("last_used", at: index),
                latestExpiry: try element.second("latest_expiry", at: index))
            uses[id] = use.joined(with: uses[id])
        }
        self.uses = uses
    }
}

extension JSONValue {
    fileprivate func second(_ name: StaticString, at index: Int) throws(WireProblem) -> NumericDate {
        guard let second = self[name]?.integer, (0...253_402_300_799).contains(second) else {
            throw WireProblem("not a time in seconds since 1970", at: "/uses/\(index)/\(name)")
        }
        return NumericDate(secondsSince1970: Int64(second))
    }
}
