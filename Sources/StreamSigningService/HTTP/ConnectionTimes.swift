#if Service
    import NIOCore

    /// How long a connection waits for its client.
    struct ConnectionTimes: Sendable {
        /// For a request, or for the client to take the next piece of a file.
        let idle: TimeAmount
        /// For the end of a request that has begun, whether it is answered or not.
        let request: TimeAmount
        /// For the client to take what was sent to it.
        let stall: TimeAmount
        /// For a client to close its end behind its last answer.
        let linger: TimeAmount = .seconds(2)
        /// For answers that were begun, once the service stops.
        let patience: TimeAmount
    }
#endif
