/// The key file of `uri_signing`, the plugin of Apache Traffic Server that takes tokens of RFC 9246.
public struct TrafficServerKeyFile: Sendable {
    /// The file's content.
    public let json: String

    /// - Parameters:
    ///   - issuer: the `iss` of the tokens.
    ///   - keys: those that sign them; at least one. Only their public halves are in the file.
    /// - Throws: ``KeyError`` with code `malformed` without a key; what writing a key throws.
    public init(issuer: String, keys: [VerificationKey]) throws(KeyError) {
        guard let first = keys.first else { throw KeyError(.malformed, "a key file needs a key") }
        var writer = JSONWriter()
        var failure: KeyError?
        writer.object { file in
            file.name(computed: issuer)
            file.object {
                // The plugin wants one in each file. A public key renews nothing.
                $0.member("renewal_kid", first.id.rawValue)
                $0.member("strip_token", true)
                $0.name("keys")
                $0.array { list in
                    for key in keys {
                        do throws(KeyError) {
                            try JSONWebKey.writePublic(key.signingSessions(false), into: &list)
                        } catch {
                            failure = error
                        }
                    }
                }
            }
        }
        if let failure { throw failure }
        json = String(decoding: writer.bytes, as: UTF8.self)
    }
}
