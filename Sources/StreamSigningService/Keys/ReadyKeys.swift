#if Service
    import NIOPosix
    import ServiceLifecycle
    import StreamSigning
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif

    /// A few keys made in advance, so that a create need not wait for 120 ms of arithmetic.
    ///
    /// Keys are made one at a time on a thread of their own, which the kernel serves after the threads that answer requests: a
    /// burst of creates makes creates slow, and nothing else.
    final class ReadyKeys: Service {
        private let capacity: Int
        private let thread = NIOThreadPool(numberOfThreads: 1)
        private let keys = Mutex<[SigningKey]>([])
        private let refill: AsyncStream<Void>
        private let wake: AsyncStream<Void>.Continuation

        /// - Parameter capacity: how many to keep; 0 keeps none.
        init(capacity: Int) {
            self.capacity = capacity
            (refill, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
            thread.start()
        }

        /// How many are ready.
        var count: Int { keys.withLock { $0.count } }

        /// A ready key, or one made now.
        func take() async throws -> SigningKey {
            let ready = keys.withLock { $0.popLast() }
            wake.yield()
            if let ready { return ready }
            return try await make()
        }

        /// Fills the stock whenever it is not full, until the service stops.
        func run() async throws {
            wake.yield()
            await cancelWhenGracefulShutdown {
                for await _ in self.refill {
                    while !Task.isCancelled, self.count < self.capacity {
                        guard let key = try? await self.make() else { break }
                        self.keys.withLock { $0.append(key) }
                    }
                }
            }
            try? await thread.shutdownGracefully()
        }

        private func make() async throws -> SigningKey {
            try await thread.runIfActive {
                Self.stepBack()
                return try SigningKey.generate()
            }
        }

        private static func stepBack() {
            #if os(Linux)
                // On Linux a nice value belongs to a thread: 0 means the calling one.
                _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
            #endif
        }
    }
#endif
