package import StreamSigning

/// The body of `POST …/stream/keys`: nothing, or a key of the customer's own to import (an addition of ours; Stream ignores the
/// body).
package enum KeyRequest: Sendable {
    /// No body, `{}`, or members that mean nothing here.
    case create
    /// A key in `pem` or `jwk`, plain or base64, public half alone welcome; `id` names a key that carries no id.
    /// `pointer` is where in the body the key stands.
    case importing(SecretBytes, id: String?, pointer: String)

    /// - Throws: ``WireProblem`` naming the member.
    package init(reading value: JSONValue) throws(WireProblem) {
        guard value.kind == .object else { throw WireProblem("the body is not a JSON object") }
        let material = [("pem", value["pem"]), ("jwk", value["jwk"])]
            .compactMap { name, member in member.map { (name, $0) } }.filter { $0.1.kind != .null }
        guard let (name, member) = material.first else {
            self = .create
            return
        }
        guard material.count == 1 else {
            throw WireProblem("`pem` and `jwk` are both given: one is enough", at: "/jwk")
        }
        let text = member.withStringBytes { SecretBytes(copying: UnsafeRawBufferPointer($0)) }
        guard let text else { throw WireProblem("`\(name)` is not a string", at: "/\(name)") }
        let id = value["id"].flatMap { $0.kind == .null ? nil : $0 }
        guard id == nil || id?.kind == .string else { throw WireProblem("`id` is not a string", at: "/id") }
        self = .importing(text, id: id?.string, pointer: "/\(name)")
    }

    /// Writes the body of an import.
    package static func write(jwk: String, into writer: inout JSONWriter) {
        writer.object {
            $0.name("jwk")
            $0.string(jwk)
        }
    }
}
