package import StreamSigning

/// The body of `POST …/stream/{identifier}/token`. Every member is optional; unknown ones are ignored, as Stream does.
package struct TokenRequest: Sendable {
    /// The id of a key whose private half comes along in `pem`.
    package var keyID: String?
    /// The private half: base64 of a PEM, or the PEM itself.
    package var pem: SecretBytes?
    /// What the token is to say; the service decides what is left out.
    package var terms: TokenTerms

    package init(terms: TokenTerms) {
        self.terms = terms
    }

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
        do throws(InvalidClaim) {
            terms = try TokenTerms(reading: value)
        } catch {
            throw WireProblem(error.reason, at: error.pointer)
        }
    }

    /// A member that is null counts as absent: SDKs send null for what is not set.
    private static func optional<Value>(
        _ value: JSONValue?, _ pointer: String, _ type: String, _ read: (JSONValue) -> Value?
    ) throws(WireProblem) -> Value? {
        guard let value, value.kind != .null else { return nil }
        guard let result = read(value) else {
            throw WireProblem("`\(pointer.dropFirst())` is not \(type)", at: pointer)
        }
        return result
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
            terms.inWholeSeconds.writeRequest(into: &$0)
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
