internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningClient
internal import StreamSigningCommandLine

/// Has the service make the next key, and says when those before it can go.
struct RemoteRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Have the service make a new key, and say when the old ones can go.",
        discussion: """
            The new key goes where "remote create" puts it. The old ones stay as they are: sign with the new one, and delete \
            each old one with "remote delete --unused-for" when its last URL has ended. The keys that the service itself \
            signs with are not among them: it replaces them itself if service-key-lifetime is set.
            """)

    @OptionGroup
    var remote: RemoteOptions

    @OptionGroup
    var output: OutputFileOptions

    func run() throws {
        let client = try remote.client()
        // Before the key is made: a file name that is taken must not cost a key.
        let output = try NewKeyOutput(output)
        let (old, created) = try output.call { (try await client.listKeys(), try await client.createKey()) }
        try output.write(created)
        for key in old { StandardError.print(Self.prospect(of: key)) }
    }

    private static func prospect(of key: KeyListItem) -> String {
        let name = [key.id.rawValue, key.name].compactMap { $0?.printable }.joined(separator: " ")
        guard !key.isServiceKey else {
            return "the service's own key \(name): leave it; deleting it ends what the service signed, sessions too"
        }
        guard let lastUsed = key.lastUsed, let end = key.safeToDeleteAt else {
            return "old key \(name): not known to have been used"
        }
        return "old key \(name): last used \(lastUsed); its URLs in use end by \(end)"
    }
}

extension RemoteRotateCommand: IllustratedCommand {
    static let examples = """
        streamsign remote rotate --account ID --api-token-file token --out next.json
        """
}
