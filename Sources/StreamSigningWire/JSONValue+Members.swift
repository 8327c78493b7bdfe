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
    /// - Parameter orObject: whether an object is taken as the text that it is.
    func optionalSecret(_ name: StaticString, orObject: Bool = false) throws(WireProblem) -> SecretBytes? {
        try optional(name, orObject ? "a string or an object" : "a string") { member in
            guard !orObject || member.kind != .object else {
                return SecretBytes(copying: UnsafeRawBufferPointer(member.source))
            }
            return member.withStringBytes { SecretBytes(copying: UnsafeRawBufferPointer($0)) }
        }
    }

    /// A time: whole seconds since 1970 as a number, or a text of RFC 3339 or those seconds.
    func optionalTime(_ name: StaticString) throws(WireProblem) -> NumericDate? {
        guard self[name]?.kind == .number else {
            return try optional(name, "a time in RFC 3339 or unix seconds") { $0.string.flatMap { NumericDate($0) } }
        }
        return try optional(name, "a time in whole seconds since 1970 before the year 10000") { number in
            guard let date = try? NumericDate(claim: number), date.isWholeSecond else { return nil }
            return date
        }
    }

    /// Whether a whole body says nothing: PHP writes an empty array as `[]`, and SDKs write no value as `null`.
    var isNoBody: Bool {
        kind == .null || elements?.isEmpty == true
    }

    func requireObject() throws(WireProblem) {
        guard kind == .object else { throw WireProblem("the body is not a JSON object") }
    }
}
