package import StreamSigning

/// The body of `POST …/stream/keys`: nothing, or the customer's own key to import. The import is our addition: Stream ignores
/// the body.
package enum KeyRequest: Sendable {
    /// No body, `{}`, or members that carry no key.
    case create
    /// A key in `pem`, or in `jwk` as text or as an object; the public half is enough. `id` names a key that carries no id,
    /// `proof` shows that the sender has the private half, and `pointer` says where in the body the key is.
    case importing(SecretBytes, id: String?, proof: KeyProof?, pointer: String)

    /// - Throws: ``WireProblem`` naming the member. One is a key under another name: to make a new key then would be the
    ///   opposite of what was meant.
    package init(reading value: JSONValue) throws(WireProblem) {
        guard !value.isNoBody else {
            self = .create
            return
        }
        try value.requireObject()
        let pem = try value.optionalSecret("pem")
        let jwk = try value.optionalSecret("jwk", orObject: true)
        guard let material = pem ?? jwk else {
            if let pointer = KeyLocation.pointer(in: value) {
                throw WireProblem(
                    "here is a key, and an import takes it from `pem` or `jwk` alone: send it as one of them",
                    at: pointer)
            }
            self = .create
            return
        }
        guard pem == nil || jwk == nil else {
            throw WireProblem("`pem` and `jwk` are both given: one is enough", at: "/jwk")
        }
        self = .importing(
            material, id: try value.optionalString("id"),
            proof: try value.optionalString("proof").map { KeyProof(rawValue: $0) },
            pointer: pem == nil ? "/jwk" : "/pem"
        )
    }

    /// Writes the body of an import.
    package static func write(jwk: String, proof: KeyProof?, into writer: inout JSONWriter) {
        writer.object {
            $0.member("jwk", jwk)
            $0.member("proof", proof?.rawValue)
        }
    }
}
