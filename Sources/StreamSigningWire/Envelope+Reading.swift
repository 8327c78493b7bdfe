package import StreamSigning

/// What an answer says, out of its envelope.
package enum Answer<Value> {
    /// `success` is true.
    case result(Value)
    /// `success` is false; either list may be empty.
    case refusal(errors: [APIMessage], messages: [APIMessage])
}

extension Envelope {
    /// Reads an answer strictly where it matters: one JSON text, an object, a boolean `success`; unknown members are ignored.
    /// - Parameter result: reads the value of `result`, which is nil if there is none; it is not called for a refusal.
    /// - Throws: ``WireProblem`` naming what is wrong.
    package static func read<Value>(
        _ bytes: UnsafeRawBufferPointer, result: (JSONValue?) throws(WireProblem) -> Value
    ) throws(WireProblem) -> Answer<Value> {
        try readWhole(bytes) { envelope throws(WireProblem) in try result(envelope["result"]) }
    }

    /// As ``read(_:result:)``, for answers that say something beside their `result`.
    /// - Parameter content: reads the whole envelope.
    package static func readWhole<Value>(
        _ bytes: UnsafeRawBufferPointer, content: (JSONValue) throws(WireProblem) -> Value
    ) throws(WireProblem) -> Answer<Value> {
        let document: StrictJSON
        do {
            document = try StrictJSON(parsing: bytes.bindMemory(to: UInt8.self))
        } catch {
            throw WireProblem("not strict JSON: \(error.reason) (at byte \(error.offset))")
        }
        return try readWhole(document.root, content: content)
    }

    /// As ``readWhole(_:content:)-(UnsafeRawBufferPointer,_)``, for an answer whose JSON is parsed already.
    static func readWhole<Value>(
        _ root: JSONValue, content: (JSONValue) throws(WireProblem) -> Value
    ) throws(WireProblem) -> Answer<Value> {
        guard root.kind == .object else { throw WireProblem("not a JSON object") }
        guard let isSuccess = root["success"]?.boolean else {
            throw WireProblem("`success` is not true or false", at: "/success")
        }
        guard isSuccess else {
            return .refusal(errors: list(root["errors"]), messages: list(root["messages"]))
        }
        return .result(try content(root))
    }

    /// Malformed entries are skipped, so that they do not hide the others.
    private static func list(_ value: JSONValue?) -> [APIMessage] {
        value?.elements?.compactMap(APIMessage.init(reading:)) ?? []
    }
}
