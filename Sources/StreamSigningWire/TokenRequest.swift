package import StreamSigning

/// The body of `POST …/stream/{identifier}/token`. Every member is optional; unknown ones are ignored, as Stream does.
package struct TokenRequest: Sendable {
    /// The id of the key whose private half is in `pem`.
    package var keyID: String?
    /// The private half: base64 of a PEM, or the PEM itself.
    package var pem: SecretBytes?
    /// What the token says; the service decides what is left out.
    package var terms: TokenTerms

    package init(terms: TokenTerms) {
        self.terms = terms
    }

    /// - Throws: ``WireProblem`` naming the member.
    package init(reading value: JSONValue) throws(WireProblem) {
        guard !value.isNoBody else {
            terms = TokenTerms()
            return
        }
        try value.requireObject()
        keyID = try value.optionalString("id")
        pem = try value.optionalSecret("pem")
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

    /// Writes the body; the private half goes out as the text it is.
    package func write(into writer: inout JSONWriter) {
        writer.object {
            if let keyID, let pem {
                $0.member("id", keyID)
                $0.member("pem", pem.reveal())
            }
            terms.inWholeSeconds.writeRequest(into: &$0)
        }
    }
}
