internal import ArgumentParser
internal import StreamSigningClient
internal import StreamSigningCommandLine

/// Which API and account, and the credential for them.
struct RemoteOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            The API's URL, up to /accounts. If not given: STREAMSIGN_API_URL, or else Cloudflare's, \
            \(ClientConfiguration.cloudflare).
            """, valueName: "url"))
    var apiURL: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The account's id. If not given: STREAMSIGN_ACCOUNT.", valueName: "id"))
    var account: String?

    @Option(
        help: ArgumentHelp(
            "A file with the API token, '-' is stdin. If not given: STREAMSIGN_API_TOKEN has the token itself.",
            valueName: "file"),
        completion: .file())
    var apiTokenFile: String?

    @OptionGroup
    var connection: ConnectionOptions

    /// Whether the token comes from stdin, so that nothing else can.
    var readsStandardInput: Bool { apiTokenFile == "-" }

    func client() throws -> StreamClient {
        let url = try value("--api-url", apiURL, "STREAMSIGN_API_URL") ?? ClientConfiguration.cloudflare
        guard let account = try value("--account", account, "STREAMSIGN_ACCOUNT") else {
            throw ValidationError(
                "Missing expected argument '--account <id>' (or the environment's STREAMSIGN_ACCOUNT)")
        }
        let token = try token()
        var configuration = ClientConfiguration(baseURL: url)
        configuration.connections = try connection.connections()
        do throws(ClientError) {
            let client = try StreamClient(account: account, token: token, configuration: configuration)
            if Self.isUnencrypted(url) { StandardError.note("the API token goes unencrypted to \(url)") }
            return client
        } catch {
            throw CommandFailure(error, about: name(of: error.argument))
        }
    }

    /// As the user gave it. The value is not shown: a URL may hold a password.
    private func name(of argument: ClientError.Argument?) -> String? {
        switch argument {
        case .baseURL: apiURL == nil ? "STREAMSIGN_API_URL" : "--api-url"
        case .account: account == nil ? "STREAMSIGN_ACCOUNT" : "--account"
        case nil: nil
        }
    }

    private func value(_ option: String, _ text: String?, _ variable: String) throws -> String? {
        try OptionValue(option, text)?.text ?? Environment[variable]
    }

    private func token() throws -> APIToken {
        do {
            if let apiTokenFile { return try APIToken(SecretFile.read(apiTokenFile)) }
            guard let text = Environment["STREAMSIGN_API_TOKEN"] else {
                throw ValidationError(
                    "Missing expected argument '--api-token-file <file>' (or the environment's STREAMSIGN_API_TOKEN)"
                )
            }
            return try APIToken(text)
        } catch let error as ClientError {
            throw CommandFailure(error, about: apiTokenFile ?? "STREAMSIGN_API_TOKEN")
        }
    }

    /// Whether others on the network can read what is sent.
    private static func isUnencrypted(_ url: String) -> Bool {
        guard url.lowercased().hasPrefix("http://") else { return false }
        let host = url.dropFirst(7).prefix { $0 != "/" }.lowercased()
        return !["localhost", "127.0.0.1", "[::1]"].contains { host == $0 || host.hasPrefix("\($0):") }
    }
}
