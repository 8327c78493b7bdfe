import StreamSigning

extension JSONValue {
    /// A member of a request, which counts as absent if it is null: SDKs send null for what is not set.
    /// - Parameters:
    ///   - type: what the member has to be, such as `a string`.
    ///   - read: returns nil for a value of another type.
    /// - Throws: ``WireProblem`` naming the member.
    func optional<Value>(
        _ name: StaticString, _ type: String, _ read: (JSONValue) -> Value?
    ) throws(WireProblem) -> Value? {
        guard let member = self[name], member.kind != .null else { return nil }
        guard let value = read(member) else { throw WireProblem("`\(name)` is not \(type)", at: "/\(name)") }
        return value
    }

    func optionalString(_ name: StaticString) throws(WireProblem) -> String? {
        try optional(name, "a string") { $0.string }
    }

    /// A string that may be a private key.
    func optionalSecret(_ name: StaticString) throws(WireProblem) -> SecretBytes? {
        try optional(name, "a string") { member in
            member.withStringBytes { SecretBytes(copying: UnsafeRawBufferPointer($0)) }
        }
    }

    func requireObject() throws(WireProblem) {
        guard kind == .object else { throw WireProblem("the body is not a JSON object") }
    }
}
