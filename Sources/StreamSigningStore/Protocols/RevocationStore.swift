public import StreamSigning

/// What is refused although its key is good: revocations, each until it ends or is lifted.
public protocol RevocationStore: Sendable {
    /// Adds revocations, all or none, and announces them together.
    /// - Parameters:
    ///   - limit: how many the account may have with these. One that was lifted counts until it ends: the store keeps it as
    ///     long.
    ///   - time: when, for those who follow.
    ///   - audit: an event for each.
    /// - Returns: the number of the last change.
    /// - Throws: ``StoreError``: `limitReached`; `keyExists` if an id is in use.
    func insert(
        _ revocations: [Revocation], of account: AccountID, limit: Int, at time: NumericDate, audit: [AuditEvent]
    ) async throws(StoreError) -> ChangeNumber

    /// One of the account's revocations that is in force at a time; nil if there is none of that id.
    func revocation(_ id: RevocationID, of account: AccountID, at time: NumericDate) async throws(StoreError)
        -> Revocation?

    /// Those of the account's revocations that are in force at a time, the newest first. An unknown account has none.
    /// - Parameters:
    ///   - subject: of this subject alone; nil for all.
    ///   - id: those that were added before this one, which may be lifted by now; nil for the newest.
    ///   - limit: at most this many.
    /// - Throws: ``StoreError``: `notFound` if the account has none of that id.
    func revocations(
        of account: AccountID, subject: RevocationSubject?, after id: RevocationID?, limit: Int, at time: NumericDate
    ) async throws(StoreError) -> [Revocation]

    /// Lifts a revocation: what it refused is good again.
    /// - Returns: what was lifted, and the number of the change.
    /// - Throws: ``StoreError``: `notFound` if the account has none of that id in force.
    func lift(
        _ id: RevocationID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> (revocation: Revocation, number: ChangeNumber)

    /// Forgets revocations that have ended, lifted or not, and leaves ``ChangeKind/changesEnded`` in the place of their changes.
    /// Nodes may do so at the same time.
    /// - Parameters:
    ///   - time: those that have ended by then. Earlier than now by what the nodes' clocks may be apart: on a node whose clock is
    ///     slow they still count.
    ///   - limit: at most this many, so that others can write in between.
    /// - Returns: how many were forgotten.
    func removeEndedRevocations(by time: NumericDate, limit: Int) async throws(StoreError) -> Int
}
