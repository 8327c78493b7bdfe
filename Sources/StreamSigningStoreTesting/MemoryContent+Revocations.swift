internal import StreamSigning
import StreamSigningStore

extension MemoryContent {
    func inForce(_ account: AccountID, at time: NumericDate) -> [StoredRevocation] {
        revocations.filter { $0.account == account && $0.lifted == nil && $0.revocation.until > time }
    }

    mutating func insert(
        _ new: [Revocation], of account: AccountID, limit: Int, at time: NumericDate
    ) throws(StoreError) -> ChangeNumber {
        let present = revocations.count { $0.account == account }
        try RevocationQuestions.requireRoom(for: new.count, beside: Int64(present), limit: limit)
        for revocation in new {
            guard !revocations.contains(where: { $0.revocation.id == revocation.id }) else {
                throw StoreError(.keyExists, "the id is in use")
            }
            let number = change(account, .added(revocation), at: NumericDate(microseconds: time.microseconds))
            revocations.append(StoredRevocation(number: number, account: account, revocation: revocation))
        }
        return changes.last?.number ?? ChangeNumber(rawValue: 0)
    }

    func page(
        of account: AccountID, subject: RevocationSubject?, after id: RevocationID?, limit: Int, at time: NumericDate
    ) throws(StoreError) -> [Revocation] {
        var last = ChangeNumber(rawValue: .max)
        if let id {
            guard let known = revocations.first(where: { $0.account == account && $0.revocation.id == id }) else {
                throw StoreError(.notFound, "the account has no revocation of that id")
            }
            last = known.number
        }
        let found = inForce(account, at: time).filter { stored in
            stored.number < last && (subject == nil || stored.revocation.subject == subject)
        }
        return found.reversed().prefix(limit).map(\.revocation)
    }

    mutating func lift(
        _ id: RevocationID, of account: AccountID, at time: NumericDate
    ) throws(StoreError) -> (revocation: Revocation, number: ChangeNumber) {
        guard let stored = inForce(account, at: time).first(where: { $0.revocation.id == id }),
            let index = revocations.firstIndex(of: stored)
        else { throw StoreError(.notFound, "the account has no revocation of that id") }
        let number = change(account, .lifted(stored.revocation), at: NumericDate(microseconds: time.microseconds))
        revocations[index] = stored.lifted(by: number)
        return (stored.revocation, number)
    }

    mutating func removeEnded(by time: NumericDate, limit: Int) -> Int {
        let ended = revocations.filter { $0.revocation.until <= time }
            .sorted { ($0.revocation.until, $0.number) < ($1.revocation.until, $1.number) }.prefix(limit)
        revocations.removeAll { ended.contains($0) }
        forget(EndedChanges(ended.flatMap { [$0.number] + ($0.lifted.map { [$0] } ?? []) }), at: time)
        return ended.count
    }

    mutating func forget(_ ended: EndedChanges, at time: NumericDate) {
        var ended = ended
        ended.join(
            changes.compactMap { change in
                guard change.content.kind == .changesEnded else { return nil }
                return EndedChanges.run(upTo: change.number.rawValue, subject: change.content.subject)
            })
        changes.removeAll { change in ended.runs.contains { $0.contains(change.number.rawValue) } }
        changes += ended.runs.map { run in
            StoreChange(
                number: ChangeNumber(rawValue: run.upperBound), account: .all, content: EndedChanges.content(of: run),
                time: NumericDate(microseconds: time.microseconds))
        }
        changes.sort { $0.number < $1.number }
    }
}
