internal import Synchronization

/// Players ask gates without a pause, for a token that is revoked on another node.
final class RevocationCourse: Sendable {
    private let players = Atomic<Int>(0)
    private let revoked = Mutex<ContinuousClock.Instant?>(nil)
    private let stale = Atomic<Int>(0)

    /// How often a gate refused because of the age of its keys, which says nothing about the token.
    var staleAnswers: Int { stale.load(ordering: .relaxed) }

    /// Lets players of all nodes but the first ask for a token until `revoke` has ended it.
    /// - Parameters:
    ///   - denial: the code with which gates refuse it then.
    ///   - revoke: returns when the first node has answered.
    /// - Returns: how many milliseconds after that a gate allowed it for the last time; 0 if none did.
    func time(
        _ token: String, endingWith denial: String, on nodes: [RunningService],
        _ revoke: @escaping @Sendable () throws -> Void
    ) throws -> Double {
        let gates = try nodes.dropFirst().map { try $0.gatePort() }
        players.store(0, ordering: .releasing)
        revoked.withLock { $0 = nil }
        let times = try ThreadTeam.run(gates.count + 1) { [self] number -> Double in
            guard number == gates.count else { return try play(token, at: gates[number], until: denial) }
            try Deadline("every gate allows the token").wait {
                players.load(ordering: .acquiring) >= gates.count
            }
            try revoke()
            revoked.withLock { $0 = .now }
            return 0
        }
        return times.max() ?? 0
    }

    private func play(_ token: String, at gate: UInt16, until denial: String) throws -> Double {
        let connection = try HTTPConnection(to: gate, as: nil)
        let path = "/\(token)/manifest/video.m3u8"
        try Deadline("the gate allows the token").wait {
            try isAllowed(connection.exchange("GET", path), orElse: "key_unknown") == true
        }
        players.add(1, ordering: .releasing)
        var last = ContinuousClock.now
        let refusal = Deadline("the gate refuses the revoked token", within: .seconds(60))
        while true {
            let isAllowed = try isAllowed(connection.exchange("GET", path), orElse: denial)
            if isAllowed == false { break }
            if isAllowed == true { last = .now }
            try refusal.check()
        }
        try refusal.wait { revoked.withLock { $0 } != nil }
        guard let end = revoked.withLock({ $0 }) else { throw MeasurementFailure("the token was not revoked") }
        return max(0, (last - end).inSeconds * 1000)
    }

    /// - Parameter denial: the one code with which the gate may refuse.
    /// - Returns: nil if its keys are too old.
    private func isAllowed(_ answer: HTTPConnection.Answer, orElse denial: String) throws -> Bool? {
        switch (answer.status, answer.denial) {
        // A gate without media has no such file for a viewer that it allows.
        case (404, nil): return true
        case (401, denial): return false
        case (503, "keys_stale"):
            stale.add(1, ordering: .relaxed)
            return nil
        default: throw MeasurementFailure("a gate answered \(answer.status): \(answer.text)")
        }
    }
}
