package import StreamSigning
package import StreamSigningStore

/// What a ``KeyFollower`` follows: a store, or another node that follows one.
package protocol KeySource: Sendable {
    /// All keys.
    func snapshot() async throws(StoreError) -> Observed<KeySnapshot>

    /// The changes after a number, in order.
    /// - Parameter limit: at most this many; if there are fewer, there are no more.
    /// - Throws: ``StoreError/lostChanges`` as ``confirm(_:)``.
    func changes(after number: ChangeNumber, limit: Int) async throws(StoreError) -> Observed<[StoreChange]>

    /// Wakes the follower: when something may have changed, and whenever `interval` has passed.
    func signals(every interval: Duration) -> AsyncStream<Void>

    /// Tells the source that every change up to a number is in force here. Unless it takes notice, this node must not
    /// count its keys as confirmed: others would not wait for it.
    /// - Throws: ``StoreError/lostChanges`` if the source does not have the number.
    func confirm(_ number: ChangeNumber) async throws(StoreError)

    /// Tells the source when keys were used here.
    func report(_ uses: [KeyID: KeyUse]) async throws(StoreError)

    /// Says that this node ends.
    func retire() async
}

/// What was read from a source, and how old it may be.
package struct Observed<Value: Sendable>: Sendable {
    package let value: Value
    /// Whatever had happened by this moment is in `value`: a moment before the question was sent, for the answer may
    /// have been on its way for any time, and this process stopped since.
    package let instant: ContinuousClock.Instant

    package init(value: Value, instant: ContinuousClock.Instant) {
        self.value = value
        self.instant = instant
    }
}
