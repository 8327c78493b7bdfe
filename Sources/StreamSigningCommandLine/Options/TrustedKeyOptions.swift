internal import ArgumentParser
internal import StreamSigning

/// Which keys a token may be signed with.
struct TrustedKeyOptions: ParsableArguments {
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            """
            Keys to trust, in any form: JWKS, JWK, PEM, the API's JSON answer; '-' is stdin, and a URL is fetched. May be \
            repeated.
            """, valueName: "file|url"),
        completion: .file())
    var keys: [String]

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            The key's id, as in signing: of a set, trust the key of this id alone; any other file's key is known by it. \
            With several --keys: the id of keys that have none.
            """, valueName: "id"))
    var keyID: String?

    @OptionGroup
    var connection: ConnectionOptions

    func validate() throws {
        guard keys.filter({ $0 == "-" }).count < 2 else {
            throw ValidationError("only one --keys can come from stdin")
        }
    }

    /// - Parameter network: fetches keys from URLs; nil in a program without a network client.
    func load(_ network: NetworkClient?) throws -> KeySet {
        let id = try OptionValue("--key-id", keyID)?.converted(KeyID.init)
        if let only = keys.first, keys.count == 1 { return try source(only, network).keySet(of: id) }
        var set: KeySet?
        for path in keys {
            let next = try source(path, network).keySet(defaultID: id)
            do throws(KeyError) {
                set = try set?.union(next) ?? next
            } catch {
                throw CommandFailure.unusable(path, error.reason)
            }
        }
        guard let set else { throw ValidationError("Missing expected argument '--keys <file|url>'") }
        return set
    }

    private func source(_ path: String, _ network: NetworkClient?) throws -> KeyFile {
        let scheme = path.prefix { $0 != ":" }.lowercased()
        guard path.contains("://"), scheme == "https" || scheme == "http" else { return try KeyFile(path) }
        guard let network else {
            throw try OptionValue("--keys", path).unusable("this program was built without a network client")
        }
        return KeyFile(path: path, contents: try network.fetchKeys(path, connection))
    }
}
