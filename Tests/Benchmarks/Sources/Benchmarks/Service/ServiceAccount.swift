internal import Foundation

/// An account and a credential that may write in it.
struct ServiceAccount: Sendable {
    let id: String
    let secret: String

    /// The video of all token requests.
    static let tokenPath = "ea95132c15732412d22c1476fa83f27a/token"

    func path(_ suffix: String) -> String {
        "/client/v4/accounts/\(id)/stream/\(suffix)"
    }

    /// - Parameter log: what the first start of a service says.
    init?(welcome log: String) {
        func value(_ name: String) -> String? {
            log.firstRange(of: name + "=").map { String(log[$0.upperBound...].prefix { !$0.isWhitespace }) }
        }
        guard let id = value("STREAMSIGN_ACCOUNT"), let secret = value("STREAMSIGN_API_TOKEN") else { return nil }
        self.id = id
        self.secret = secret
    }

    /// Makes an account by making a credential for it.
    init(making id: String, inDataOf folder: TemporaryFolder) throws {
        try self.init(making: id, ["--data", folder.path(RunningService.dataName)], in: folder)
    }

    /// - Parameter store: the options that name it.
    init(making id: String, _ store: [String], in folder: TemporaryFolder) throws {
        _ = try ChildProcess(
            running: try ChildProcess.streamsign(),
            ["credential", "create"] + store + ["--account", id, "--role", "write"],
            output: folder.path("credential"), error: folder.path("credential.log"))
        self.id = id
        secret = String(try folder.read("credential").prefix { !$0.isWhitespace })
    }
}
