#if Service
    import Logging
    import ServiceLifecycle
    import StreamSigning

    /// Keeps a ``KeyRing`` at what the store holds, for changes that other processes make.
    struct KeyFollower: Service {
        let ring: KeyRing
        private let store: any KeyStore
        private let interval: Duration
        private let logger: Logger
        private let position: ChangeNumber

        /// Reads all keys of a store.
        /// - Parameter interval: the longest time that a key deleted by another process stays good, give or take a query.
        init(
            store: any KeyStore, interval: Duration = .milliseconds(250), maximumAge: Duration? = nil, logger: Logger
        ) async throws(StoreError) {
            self.store = store
            self.interval = interval
            self.logger = logger
            let asked = ContinuousClock.now
            let snapshot = try await store.snapshot()
            position = snapshot.number
            ring = KeyRing(snapshot, maximumAge: maximumAge)
            ring.confirm(at: asked)
        }

        /// Follows until the task is cancelled or the service shuts down. What was known stays good while the store does not
        /// answer, for as long as the ring says.
        func run() async throws {
            await cancelWhenGracefulShutdown { [self] in
                var position = position
                var isAnswering = true
                while (try? await Task.sleep(for: interval)) != nil {
                    do throws(StoreError) {
                        try await catchUp(from: &position)
                        isAnswering = true
                    } catch {
                        // Once, not four times a second.
                        if isAnswering {
                            logger.error("changes of keys cannot be read", metadata: ["error": "\(error)"])
                        }
                        isAnswering = false
                    }
                }
            }
        }

        private func catchUp(from position: inout ChangeNumber) async throws(StoreError) {
            let batch = 1024
            while true {
                let asked = ContinuousClock.now
                let changes = try await store.changes(after: position, limit: batch)
                if let last = changes.last {
                    ring.apply(changes)
                    position = last.number
                }
                guard changes.count == batch else { return ring.confirm(at: asked) }
            }
        }
    }
#endif
