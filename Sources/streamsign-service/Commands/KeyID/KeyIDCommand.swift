internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// The commands about the one space of key ids that all accounts share.
struct KeyIDCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        .keyID, subcommands: [KeyIDShowCommand.self, KeyIDReleaseCommand.self])
}

extension KeyIDCommand: IllustratedCommand {
    static let examples = """
        streamsign key-id show 5213cfa121f70b8c1380686ffc371ba3 --data /var/lib/streamsign
        streamsign key-id release 5213cfa121f70b8c1380686ffc371ba3 --data /var/lib/streamsign
        """
}

extension KeyStore {
    /// Whose the id is.
    /// - Throws: ``CommandFailure`` if it is nobody's.
    func requireHolder(of id: KeyID) async throws -> KeyIDHolder {
        guard let holder = try await self.holder(of: id) else {
            throw CommandFailure.unusable("key id '\(id.rawValue.printable)'", "no key has it or had it")
        }
        return holder
    }
}
