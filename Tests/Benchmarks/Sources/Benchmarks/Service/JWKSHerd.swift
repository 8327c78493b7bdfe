internal import Foundation

extension Measurement {
    /// What a key set of 1,000 keys costs after a change when 1,000 readers ask for it at once, against one reader: it should be
    /// made once. Sending it is not part of that, so what the same readers cost when nothing has changed is taken off.
    static let jwksHerd = Measurement(
        "service.jwks_herd.cpu_ms", "service.jwks_herd.one_cpu_ms", "service.jwks_herd.sending_cpu_ms",
        "service.jwks_herd.memory_mib"
    ) {
        try OpenFileLimit.raise()
        let folder = try TemporaryFolder()
        let service = try RunningService(in: folder, "--ready-keys", "0", "--keys-per-account", "1001")
        let account = try service.firstAccount()
        let editor = try service.connect(as: account)
        try editor.importKeys(1000)
        let herd = try KeySetReaders(1000, of: account, at: service.port)
        let one = try KeySetReaders(1, of: account, at: service.port)
        var (changing, single, sending, memory): ([Double], [Double], [Double], Double) = ([], [], [], 0)
        // In the first round, the readers' connections get their buffers.
        for round in 0...7 {
            let before = try service.residentMebibytes()
            try service.resetPeak()
            let changed = try cost(to: service) {
                try change(over: editor)
                try herd.readAll()
            }
            let peak = try service.peakMebibytes() - before
            let known = try cost(to: service) { try herd.readAll() }
            let oneChanged = try cost(to: service) {
                try change(over: editor)
                try one.readAll()
            }
            let oneKnown = try cost(to: service) { try one.readAll() }
            guard round > 0 else { continue }
            changing.append(changed)
            single.append(oneChanged - oneKnown)
            sending.append(known)
            memory = max(memory, peak)
        }
        try service.stop()
        // Sending costs several times as much, and whatever disturbs it only adds: the least of each is compared.
        let making = (changing.min() ?? 0) - (sending.min() ?? 0)
        return [
            Figure("service.jwks_herd.cpu_ms", making, unit: "ms", bound: .atMost(single.median * 1.5)),
            Figure("service.jwks_herd.one_cpu_ms", rounds: single, unit: "ms"),
            Figure("service.jwks_herd.sending_cpu_ms", rounds: sending, unit: "ms"),
            Figure("service.jwks_herd.memory_mib", memory, unit: "MiB", bound: .atMost(32)),
        ]
    }

    private static func change(over connection: HTTPConnection) throws {
        let key = try connection.importKeys(1)
        try connection.send("DELETE", "keys/\(key.id)")
    }

    /// Milliseconds of processor time that something costs the service.
    private static func cost(to service: RunningService, _ body: () throws -> Void) throws -> Double {
        try service.waitUntilIdle()
        let before = try service.processorSeconds()
        try body()
        try service.waitUntilIdle()
        return (try service.processorSeconds() - before) * 1000
    }
}

/// Readers of an account's key set, each with a connection that stays open.
private struct KeySetReaders {
    private let connections: [HTTPConnection]
    private let path: String

    init(_ count: Int, of account: ServiceAccount, at port: UInt16) throws {
        path = account.path("keys/jwks.json")
        connections = try (0..<count).map { _ in
            let connection = try HTTPConnection(to: port, as: nil)
            try connection.send("GET", "/healthz")
            return connection
        }
    }

    /// All ask before the first one reads, and each reads when the one before it has done so.
    func readAll() throws {
        for connection in connections { try connection.ask("GET", path) }
        for connection in connections {
            let answer = try connection.answer()
            guard answer.status == 200, answer.body.count > 300_000 else {
                throw MeasurementFailure("the key set was answered with \(answer.status), \(answer.body.count) bytes")
            }
        }
    }
}
