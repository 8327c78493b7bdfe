internal import Foundation
internal import StreamSigning
internal import Synchronization

extension Measurement {
    /// From the answer to a `DELETE` of a key to the beginning of the last request with a token of that key that is allowed, of
    /// many deletions the latest: less than nothing if each was over with its answer.
    static let gateDelete = Measurement("gate.delete.last_allowed_ms") {
        let gate = try GateSubject()
        let connection = try gate.service.connect(as: gate.account)
        let delays = try (0..<1000).map { _ in
            let key = try SigningKey.generate()
            try connection.importKey(key)
            return try Deletion(of: key, in: gate).lastAllowed().inSeconds * 1000
        }
        try gate.service.stop()
        let spread = (delays.min() ?? 0)...(delays.max() ?? 0)
        return [
            Figure(
                "gate.delete.last_allowed_ms", spread.upperBound, unit: "ms", bound: .atMost(0), spread: spread)
        ]
    }
}

/// A key is deleted while viewers ask for what it signed, over and over.
private final class Deletion: Sendable {
    private static let viewers = 4
    private let apiPort: UInt16
    private let gatePort: UInt16
    private let account: ServiceAccount
    private let key: SigningKey
    private let line: String
    /// How many viewers have been allowed.
    private let allowed = Atomic<Int>(0)
    private let answer = Mutex<ContinuousClock.Instant?>(nil)

    /// - Parameter key: one that the service trusts.
    init(of key: SigningKey, in gate: GateSubject) throws {
        (apiPort, gatePort) = (gate.service.port, gate.port)
        account = gate.account
        self.key = key
        line = "X-Original-URI: \(try gate.paths(1, signedBy: key)[0])"
    }

    /// How long after the answer the last request that was allowed began; negative if that was before.
    func lastAllowed() throws -> Duration {
        let starts = try ThreadTeam.run(Self.viewers + 1) { number in
            number == 0 ? try self.delete() : try self.watch()
        }
        guard let answer = answer.withLock({ $0 }), let last = starts.compactMap(\.self).max() else {
            throw MeasurementFailure("no request was allowed before the key was deleted")
        }
        return last - answer
    }

    private func delete() throws -> ContinuousClock.Instant? {
        let connection = try HTTPConnection(to: apiPort, as: account)
        try Deadline("the gate allows the key's tokens")
            .wait(askingEvery: 0.0001) { allowed.load(ordering: .relaxed) >= Self.viewers }
        // Also if it fails: the viewers go on until then.
        defer { answer.withLock { $0 = .now } }
        try connection.send("DELETE", "keys/\(key.id)")
        return nil
    }

    /// - Returns: when the last request that was allowed began.
    private func watch() throws -> ContinuousClock.Instant? {
        let connection = try HTTPConnection(to: gatePort, as: nil)
        let deadline = Deadline("the key is deleted", within: .seconds(60))
        var last: ContinuousClock.Instant?
        var leftToAsk = 20
        while leftToAsk > 0 {
            try deadline.check()
            if answer.withLock({ $0 }) != nil { leftToAsk -= 1 }
            let start = ContinuousClock.now
            let answer = try connection.exchange("GET", "/authorize", fields: [line])
            switch (answer.status, answer.denial) {
            case (200, _):
                if last == nil { allowed.add(1, ordering: .relaxed) }
                last = start
            case (401, "key_unknown"), (401, "key_revoked"): break
            default: throw MeasurementFailure("/authorize was answered with \(answer.status): \(answer.text)")
            }
        }
        return last
    }
}
