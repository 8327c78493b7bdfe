internal import Logging
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

extension ServeCommand {
    /// Runs a gate that takes its keys from other nodes.
    func serveFed(
        _ configuration: ServiceConfiguration, _ feeds: [FeedAddress], _ tokenFile: String, _ logger: Logger
    ) throws {
        #if Client
            guard let credential = FeedCredential(try SecretFile.read(tokenFile)) else {
                throw CommandFailure.unusable(
                    tokenFile, "holds no credential: one line of visible ASCII characters")
            }
            do {
                try Blocking.run {
                    let gate = try await FedGate(
                        configuration: configuration, feeds: feeds, credential: credential, logger: logger,
                        onListening: { ListeningNotice(configuration, $0).print() }, now: { Clock.now })
                    let outcome = await Result { () async throws in try await Self.run(gate, logger) }
                    LogLines.standardError.flush()
                    try outcome.get()
                }
            } catch let error as StoreError {
                throw CommandFailure(.remote, error.reason)
            } catch let error as ServiceFailure {
                throw CommandFailure.unusable(error.subject, error.reason)
            }
        #else
            throw CommandFailure.unusable("--feed", "this program was built without the client that reads feeds")
        #endif
    }
}
