package import StreamSigning

/// A revocation in answers: `id`, the subject under the name of its kind, `issuedBefore`, `until`, `created`, `reason`.
extension Revocation {
    /// - Throws: ``WireProblem`` naming the member, under `pointer`.
    package init(reading value: JSONValue?, at pointer: String) throws(WireProblem) {
        guard let value, value.kind == .object else { throw WireProblem("not an object", at: pointer) }
        guard let id = value["id"]?.string.flatMap({ RevocationID($0) }) else {
            throw WireProblem("not the id of a revocation", at: "\(pointer)/id")
        }
        do throws(WireProblem) {
            let subject = try RevocationSubject(readingMemberOf: value, isNew: false)
            let issuedBefore = try value.optionalTime("issuedBefore")
            let reason = try value.optionalString("reason")
            let until = try NumericDate(readingMember: value["until"], at: "/until")
            let created = try NumericDate(readingMember: value["created"], at: "/created")
            do throws(InvalidRevocation) {
                try self.init(
                    id: id, subject: subject, issuedBefore: issuedBefore, until: until, created: created,
                    reason: reason)
            } catch {
                throw WireProblem(error.reason, at: error.pointer)
            }
        } catch {
            throw WireProblem(error.reason, at: pointer + (error.pointer ?? ""))
        }
    }

    /// Reads the `result` of a list.
    package static func readAll(_ value: JSONValue?, at pointer: String = "/result") throws(WireProblem) -> [Revocation]
    {
        guard let elements = value?.elements else { throw WireProblem("not an array", at: pointer) }
        var revocations: [Revocation] = []
        revocations.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            revocations.append(try Revocation(reading: element, at: "\(pointer)/\(index)"))
        }
        return revocations
    }

    /// Reads revocations that were saved: an array of them, or the API's answer to a list that fits on one page.
    ///
    /// What is not all of them is refused: a revocation that is missing lets its tokens in.
    package static func readSaved(_ bytes: [UInt8]) throws(WireProblem) -> [Revocation] {
        try bytes.withUnsafeBufferPointer { bytes throws(WireProblem) in
            let document: StrictJSON
            do throws(StrictJSON.Failure) {
                document = try StrictJSON(parsing: bytes)
            } catch {
                throw WireProblem("not strict JSON: \(error.reason) (at byte \(error.offset))")
            }
            guard document.root.kind == .object else { return try readWholeArray(document.root) }
            return try readWholeList(document.root)
        }
    }

    private static func readWholeArray(_ array: JSONValue) throws(WireProblem) -> [Revocation] {
        if let index = array.elements?.firstIndex(where: \.isPartial) {
            throw WireProblem("\(partial): save it without a subject and --limit", at: "/\(index)/partial")
        }
        return try readAll(array, at: "")
    }

    private static let partial = "it is of one subject, or was cut off"

    private static func readWholeList(_ answer: JSONValue) throws(WireProblem) -> [Revocation] {
        guard answer["success"] != nil else {
            throw WireProblem("neither an array of revocations nor an answer of the API")
        }
        let content = try Envelope.readWhole(answer) { answer throws(WireProblem) in
            try RevocationPage(reading: answer)
        }
        switch content {
        case .refusal(let errors, _):
            let codes = errors.map { String($0.code) }.joined(separator: ", ")
            throw WireProblem("an answer that refuses\(codes.isEmpty ? "" : " (\(codes))")", at: "/success")
        case .result(let page):
            guard page.after == nil else {
                throw WireProblem(
                    "one page of several: use `remote revocations --json`", at: "/result_info/cursors/after")
            }
            guard !page.isPartial else {
                throw WireProblem("\(partial): use `remote revocations --json`", at: "/result_info/partial")
            }
            guard answer["result_info"]?["count"]?.integer == page.revocations.count else {
                throw WireProblem("not as many as the answer to a list counts", at: "/result_info/count")
            }
            return page.revocations
        }
    }

    /// Writes the object; what is nil is absent.
    package func write(into writer: inout JSONWriter) {
        writer.object {
            $0.member("id", id.rawValue)
            subject.write(into: &$0)
            $0.member("issuedBefore", issuedBefore)
            $0.member("until", until)
            $0.member("created", created)
            $0.member("reason", reason)
        }
    }

    /// Writes the `result` of a list.
    package static func writeAll(_ revocations: [Revocation], into writer: inout JSONWriter) {
        writer.array { list in
            for revocation in revocations { revocation.write(into: &list) }
        }
    }

    /// Writes what the last element of a saved array is if others were left out: a list that has none has to say so too.
    package static func writePartialMark(into writer: inout JSONWriter) {
        writer.object { $0.member("partial", true) }
    }
}
