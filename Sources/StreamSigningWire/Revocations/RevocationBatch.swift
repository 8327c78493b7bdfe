package import StreamSigning

/// The body of `POST …/stream/revocations`: one request, or an array of them that is carried out whole or not at all.
package struct RevocationBatch: Sendable {
    package let requests: [RevocationRequest]
    /// Whether body and answer are arrays.
    package let isArray: Bool
    /// What the answer says of unknown members.
    package let messages: [APIMessage]

    /// The most requests in one body.
    package static let maximumCount = 1_000
    /// The largest body, in bytes.
    package static let maximumBodyCount = 1 << 20

    /// One is sent as an object, several as an array.
    package init(_ requests: [RevocationRequest]) {
        self.requests = requests
        isArray = requests.count != 1
        messages = []
    }

    /// - Throws: ``WireProblem`` naming the member, or the object that has no subject or two.
    package init(reading value: JSONValue) throws(WireProblem) {
        messages = IgnoredMembers.messages(in: value, besides: RevocationRequest.memberNames)
        guard let elements = value.elements else {
            guard value.kind == .object else { throw WireProblem("the body is not a JSON object or an array of them") }
            requests = [try RevocationRequest(reading: value)]
            isArray = false
            return
        }
        guard (1...Self.maximumCount).contains(elements.count) else {
            throw WireProblem("an array has 1 to \(Self.maximumCount) revocations, not \(elements.count)", at: "")
        }
        var requests: [RevocationRequest] = []
        requests.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            do throws(WireProblem) {
                guard element.kind == .object else { throw WireProblem("not a JSON object", at: "") }
                requests.append(try RevocationRequest(reading: element))
            } catch {
                throw error.under("/\(index)")
            }
        }
        self.requests = requests
        isArray = true
    }

    /// What is asked for, as revocations that begin now.
    /// - Parameter ids: as many fresh ids as there are requests.
    /// - Throws: ``WireProblem`` naming the member.
    package func revocations(ids: [RevocationID], at now: NumericDate) throws(WireProblem) -> [Revocation] {
        var revocations: [Revocation] = []
        revocations.reserveCapacity(requests.count)
        for (index, (request, id)) in zip(requests, ids).enumerated() {
            do throws(InvalidRevocation) {
                revocations.append(try request.revocation(id: id, at: now))
            } catch {
                throw WireProblem(error.reason, at: isArray ? "/\(index)\(error.pointer)" : error.pointer)
            }
        }
        return revocations
    }

    /// Writes the body.
    package func write(into writer: inout JSONWriter) {
        guard isArray else {
            for request in requests { request.write(into: &writer) }
            return
        }
        writer.array { list in
            for request in requests { request.write(into: &list) }
        }
    }

    /// Writes the `result` of the answer: an object for an object, an array in the same order for an array.
    package func writeResult(_ revocations: [Revocation], into writer: inout JSONWriter) {
        guard isArray else {
            for revocation in revocations { revocation.write(into: &writer) }
            return
        }
        Revocation.writeAll(revocations, into: &writer)
    }

    /// Reads that `result`.
    package func readResult(_ value: JSONValue?) throws(WireProblem) -> [Revocation] {
        let revocations =
            isArray ? try Revocation.readAll(value) : [try Revocation(reading: value, at: "/result")]
        guard revocations.count == requests.count else {
            throw WireProblem("\(revocations.count) revocations for \(requests.count) requests", at: "/result")
        }
        return revocations
    }
}

extension WireProblem {
    /// The same problem in a part of a larger text.
    fileprivate func under(_ place: String) -> WireProblem {
        WireProblem(reason, at: place + (pointer ?? ""))
    }
}
