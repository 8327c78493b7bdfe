import StreamSigning

/// Questions in JSON.
extension StrictJSON {
    static func question(_ body: UnsafeRawBufferPointer) throws(UnreadableQuestion) -> JSONValue {
        let root: JSONValue
        do {
            root = try StrictJSON(parsing: body.bindMemory(to: UInt8.self)).root
        } catch {
            throw UnreadableQuestion(reason: "the body is not strict JSON: \(error.reason)")
        }
        guard root.kind == .object else { throw UnreadableQuestion(reason: "the body is not a JSON object") }
        return root
    }
}

extension JSONValue {
    func object(_ name: StaticString) throws(UnreadableQuestion) -> JSONValue {
        guard let value = self[name], value.kind == .object else {
            throw UnreadableQuestion(reason: "`\(name)` is not an object")
        }
        return value
    }

    func text(_ name: StaticString) throws(UnreadableQuestion) -> String {
        guard let text = try optionalText(name) else { throw UnreadableQuestion(reason: "`\(name)` is missing") }
        return text
    }

    /// nil if the member is absent or null.
    func optionalText(_ name: StaticString) throws(UnreadableQuestion) -> String? {
        guard let value = self[name], value.kind != .null else { return nil }
        guard let text = value.string else { throw UnreadableQuestion(reason: "`\(name)` is not a string") }
        return text
    }
}
