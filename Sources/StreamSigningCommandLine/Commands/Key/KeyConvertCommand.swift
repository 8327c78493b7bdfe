internal import ArgumentParser
internal import StreamSigning

/// Writes a key in another form.
struct KeyConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Write a key in another form.",
        discussion: """
            pem: private key, PKCS#1, as Stream's API gives it. pkcs8: private key, PKCS#8, for WebCrypto, Java and \
            whatever else refuses PKCS#1. jwk: private key. json: the API's answer, private. public-pem: public key, for HAProxy, \
            golang-jwt and most others that verify. public-jwk, jwks: public.
            """)

    /// A form of a key, by the name it has on the command line.
    enum Form: String, CaseIterable, ExpressibleByArgument {
        case pem, pkcs8, jwk, json
        case publicPEM = "public-pem"
        case publicJWK = "public-jwk"
        case jwks
    }

    @Argument(help: "The key, in any form; '-' is stdin.", completion: .file())
    var file: String

    @Option(help: ArgumentHelp("The form to write.", valueName: "form"))
    var to: Form

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The key's id, instead of the file's; of a set, the key of this id.", valueName: "id"))
    var keyID: String?

    @OptionGroup
    var output: OutputFileOptions

    func run() throws {
        let id = try OptionValue("--key-id", keyID)?.converted(KeyID.init)
        try output.check()
        let file = try KeyFile(file)
        do {
            switch to {
            case .pem, .pkcs8, .jwk, .json: _ = try output.write(privateText(file, id))
            case .publicPEM, .publicJWK, .jwks: try output.write(publicText(file, id))
            }
        } catch let error as KeyError {
            throw CommandFailure.unusable(file.path, error.reason)
        }
    }

    private func privateText(_ file: KeyFile, _ id: KeyID?) throws -> SecretBytes {
        let key = try file.signingKey(id: id)
        switch to {
        case .pkcs8: return try key.pem(.pkcs8)
        case .jwk:
            if key.hasDerivedID { file.noteDerivedID(key.id) }
            return try key.jwk()
        case .json:
            if key.hasDerivedID { file.noteDerivedID(key.id) }
            return try key.streamJSON(created: Clock.now)
        default: return try key.pem(.pkcs1)
        }
    }

    private func publicText(_ file: KeyFile, _ id: KeyID?) throws -> String {
        // A set stays a set; anything else is one key.
        guard to != .jwks || id != nil else {
            let set = try file.keySet()
            for key in set.keys where key.hasDerivedID { file.noteDerivedID(key.id) }
            return try set.jwks()
        }
        let key = try file.verificationKey(id: id)
        if key.hasDerivedID, to != .publicPEM { file.noteDerivedID(key.id) }
        switch to {
        case .jwks: return try KeySet([key]).jwks()
        case .publicJWK: return try key.jwk()
        default: return try key.pem()
        }
    }
}

extension KeyConvertCommand: IllustratedCommand {
    static let examples = """
        streamsign key convert key.json --to pem --out key.pem
        streamsign key convert key.pem --to jwks --key-id ID >jwks.json
        streamsign key convert - --to public-pem <key.json
        streamsign key convert jwks.json --key-id ID --to public-pem --out haproxy.pem
        """
}
