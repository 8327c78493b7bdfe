package import Logging
import ServiceLifecycle
import StreamSigning
package import StreamSigningStore
import StreamSigningThreads

/// Keeps a ``KeyRing`` at what its source holds: changes that other processes make come in, in their order and without a
/// gap, and the ring is confirmed each time that there are no more. It runs on a thread of its own: see ``NodeThread``.
package struct KeyFollower: Service {
    package let ring: KeyRing
    private let source: any KeySource
    private let interval: Duration
    private let logger: Logger
    private let onChanges: @Sendable ([StoreChange]) -> Void
    private let position: ChangeNumber

    /// Reads all keys of a source.
    /// - Parameters:
    ///   - interval: how often to ask when nothing signals a change.
    ///   - maximumAge: how long the keys are trusted without an answer; nil for any time.
    ///   - onChanges: called with changes that have come into force.
    package init(
        following source: any KeySource, interval: Duration = .milliseconds(250), maximumAge: Duration? = nil,
        logger: Logger, onChanges: @escaping @Sendable ([StoreChange]) -> Void = { _ in }
    ) async throws(StoreError) {
        self.source = source
        self.interval = interval
        self.logger = logger
        self.onChanges = onChanges
        let snapshot = try await source.snapshot()
        position = snapshot.value.number
        ring = KeyRing(snapshot.value, maximumAge: maximumAge)
        try await source.confirm(position)
        ring.confirm(at: snapshot.instant)
    }

    /// Follows until the task is cancelled or the service shuts down. What was known stays good while the source does not
    /// answer, for as long as the ring says.
    package func run() async throws {
        let confirmer = KeyConfirmer(source: source, ring: ring, logger: logger)
        let reporter = KeyUseReporter(source: source, uses: ring.uses, logger: logger)
        await withTaskExecutorPreference(NodeThread.following) {
            await cancelWhenGracefulShutdown { [self] in
                await withTaskGroup { group in
                    group.addTask { await confirmer.run() }
                    group.addTask { await reporter.run() }
                    await follow(confirmer)
                    group.cancelAll()
                }
            }
            // Beside each other: while the source does not answer, each takes as long as a question may.
            async let isReported: Void? = try? reporter.report()
            await source.retire()
            _ = await isReported
        }
    }

    private func follow(_ confirmer: KeyConfirmer) async {
        var position = position
        var failures = RepeatedFailureLog(
            "changes of keys cannot be read", recovery: "changes of keys are read again", logger)
        for await _ in source.signals(every: interval) {
            do throws(StoreError) {
                try await catchUp(from: &position, confirmer)
                failures.noteSuccess()
            } catch {
                failures.note(error)
            }
        }
    }

    private func catchUp(
        from position: inout ChangeNumber, _ confirmer: KeyConfirmer
    ) async throws(StoreError) {
        do throws(StoreError) {
            guard !confirmer.takeLoss() else { throw StoreError.lostChanges }
            confirmer.confirm(try await readChanges(from: &position))
        } catch {
            guard error == .lostChanges else { throw error }
            confirmer.confirm(try await startAgain(at: &position))
        }
    }

    private func readChanges(
        from position: inout ChangeNumber
    ) async throws(StoreError) -> Observed<ChangeNumber> {
        let batch = 1024
        var sequence = ChangeSequence(after: position)
        var pending: [StoreChange] = []
        while true {
            let observed = try await source.changes(after: sequence.number, limit: batch)
            for change in observed.value { try sequence.append(change) }
            pending += observed.value
            let isLast = observed.value.count < batch
            // What a compaction has replaced comes later: until then, a change may just as well be lost.
            if isLast { try sequence.requireComplete() }
            if sequence.isComplete {
                try apply(pending, at: &position)
                pending = []
            }
            guard isLast else { continue }
            return Observed(value: position, instant: observed.instant)
        }
    }

    private func apply(_ changes: [StoreChange], at position: inout ChangeNumber) throws(StoreError) {
        guard let last = changes.last else { return }
        try ring.apply(changes)
        position = last.number
        onChanges(changes)
    }

    /// After the store has lost changes, to a standby that had not got them or to a copy from before: the numbers that
    /// this node knows will be given again, to other changes.
    private func startAgain(at position: inout ChangeNumber) async throws(StoreError) -> Observed<ChangeNumber> {
        logger.critical("the store has lost changes: its keys are read again")
        let snapshot = try await source.snapshot()
        ring.replace(with: snapshot.value)
        position = snapshot.value.number
        return Observed(value: position, instant: snapshot.instant)
    }
}
