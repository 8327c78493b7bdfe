import StreamSigning
import StreamSigningStore
import Synchronization

/// The keys whose use has yet to be reported. A key comes here once in ten seconds, however often it is used.
package final class KeyUses: Sendable {
    private let keys = Mutex<[LiveKey]>([])

    package init() {}

    package func add(_ key: LiveKey) {
        keys.withLock { $0.append(key) }
    }

    /// Has them reported, and keeps them if that fails.
    func report(_ body: ([KeyID: KeyUse]) async throws(StoreError) -> Void) async throws(StoreError) {
        let taken = keys.withLock { keys in
            defer { keys = [] }
            return keys
        }
        let uses = Dictionary(taken.compactMap { $0.takeUse() }.map { ($0.id, $0.use) }) { $1.joined(with: $0) }
        guard !uses.isEmpty else { return }
        do throws(StoreError) {
            try await body(uses)
        } catch {
            for key in taken where key.awaitReport() { add(key) }
            throw error
        }
    }
}
