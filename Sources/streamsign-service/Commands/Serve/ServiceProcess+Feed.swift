internal import Logging
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

extension ServiceProcess {
    /// Runs a gate that takes its keys from other nodes.
    func serveFed(_ configuration: ServiceConfiguration, _ feeds: [FeedAddress], _ tokenFile: String) throws {
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
                    try await run(gate) { await gate.reload() }
                }
            } catch let error as StoreError {
                throw CommandFailure(.remote, error.reason)
            }
        #else
            throw CommandFailure.unusable("--feed", "this program was built without the client that reads feeds")
        #endif
    }
}
