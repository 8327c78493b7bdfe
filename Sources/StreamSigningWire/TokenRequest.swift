package import StreamSigning

/// The body of `POST …/stream/{identifier}/token`. Every member is optional; unknown ones are ignored, as Stream does.
package struct TokenRequest: Sendable {
    /// The id of a key whose private half comes along in `pem`.
    package var keyID: String?
    /// The private half: base64 of a PEM, or the PEM itself.
    package var pem: SecretBytes?
    /// Unix seconds.
    package var expires: NumericDate?
    /// Unix seconds.
    package var notBefore: NumericDate?
    package var isDownloadable = false
    package var rules: [AccessRule] = []
    package var wantsOriginal = false

    package init() {}

    /// - Throws: ``WireProblem`` naming the member.
    package init(reading value: JSONValue) throws(WireProblem) {
        guard value.kind == .object else { throw WireProblem("the body is not a JSON object") }
        keyID = try Self.optional(value["id"], "/id", "a string") { $0.string }
        pem = try Self.optional(value["pem"], "/pem", "a string") { member in
            member.withStringBytes { SecretBytes(copying: UnsafeRawBufferPointer($0)) }
        }
        guard (keyID == nil) == (pem == nil) else {
            throw keyID == nil
                ? WireProblem("`pem` needs the `id` of its key beside it", at: "/id")
                : WireProblem("`id` needs the `pem` of that key beside it", at: "/pem")
        }
        expires = try Self.optional(value["exp"], "/exp", "a time in whole seconds since 1970") { $0.wholeSeconds }
        notBefore = try Self.optional(value["nbf"], "/nbf", "a time in whole seconds since 1970") { $0.wholeSeconds }
        isDownloadable =
            try Self.optional(value["downloadable"], "/downloadable", "true or false") { $0.boolean } ?? false
        rules = try Self.rules(value["accessRules"])
        if let flags = Self.present(value["flags"]) {
            guard flags.kind == .object else { throw WireProblem("`flags` is not an object", at: "/flags") }
            wantsOriginal =
                try Self.optional(flags["original"], "/flags/original", "true or false") { $0.boolean } ?? false
        }
    }

    /// A member that is null counts as absent: SDKs send null for what is not set.
    private static func present(_ value: JSONValue?) -> JSONValue? {
        value?.kind == .null ? nil : value
    }

    private static func optional<Value>(
        _ value: JSONValue?, _ pointer: String, _ type: String, _ read: (JSONValue) -> Value?
    ) throws(WireProblem) -> Value? {
        guard let value = present(value) else { return nil }
        guard let result = read(value) else {
            throw WireProblem("`\(pointer.dropFirst())` is not \(type)", at: pointer)
        }
        return result
    }

    private static func rules(_ value: JSONValue?) throws(WireProblem) -> [AccessRule] {
        guard let value = present(value) else { return [] }
        do throws(AccessRule.Malformed) {
            return try AccessRule.readAll(value)
        } catch {
            throw WireProblem(error.reason, at: "/accessRules" + (error.index.map { "/\($0)" } ?? ""))
        }
    }

    /// Writes the body; the private half goes out as the text it is.
    package func write(into writer: inout JSONWriter) {
        writer.object {
            if let keyID, let pem {
                $0.name("id")
                $0.string(keyID)
                $0.name("pem")
                $0.string(pem.reveal())
            }
            if let expires {
                $0.name("exp")
                $0.raw(String(expires.seconds))
            }
            if let notBefore {
                $0.name("nbf")
                $0.raw(String(notBefore.seconds))
            }
            if isDownloadable {
                $0.name("downloadable")
                $0.boolean(true)
            }
            if !rules.isEmpty {
                $0.name("accessRules")
                $0.array { list in
                    for rule in rules { rule.write(into: &list) }
                }
            }
            if wantsOriginal {
                $0.name("flags")
                $0.object { flags in
                    flags.name("original")
                    flags.boolean(true)
                }
            }
        }
    }
}

extension JSONValue {
    /// A time as requests carry it: an integer, or, as PHP clients send it, the decimal string of one.
    var wholeSeconds: NumericDate? {
        guard let date = try? NumericDate(claim: self), date.isWholeSecond else { return nil }
        return date
    }
}
