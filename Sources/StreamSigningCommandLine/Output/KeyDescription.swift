internal import StreamSigning

/// The public side of a key, for a person or a program.
struct KeyDescription {
    private let key: VerificationKey
    private let thumbprint: String
    private let jwk: String
    private let pem: String

    init(_ key: VerificationKey) throws(KeyError) {
        self.key = key
        thumbprint = try key.thumbprint()
        jwk = try key.jwk()
        pem = try key.pem()
    }

    var text: String {
        let origin = key.hasDerivedID ? "  (from the thumbprint: the key carries none)" : ""
        return """
            id          \(key.id.rawValue.printable)\(origin)
            bits        \(key.bits)
            thumbprint  \(thumbprint)
            jwk         \(jwk.printable)
            \(pem)
            """
    }

    /// An object for one key, `{"keys":[…]}` for several.
    static func json(_ keys: [KeyDescription]) -> String {
        var writer = JSONWriter()
        if keys.count == 1 {
            keys[0].write(into: &writer)
        } else {
            writer.object {
                $0.name("keys")
                $0.array { list in
                    for key in keys { key.write(into: &list) }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func write(into writer: inout JSONWriter) {
        writer.object {
            $0.member("id", key.id.rawValue)
            $0.member("derived_id", key.hasDerivedID)
            $0.member("bits", key.bits)
            $0.member("thumbprint", thumbprint)
            $0.name("jwk")
            $0.raw(jwk)
            $0.member("pem", pem)
        }
    }
}
