package import NIOCore

/// How long a connection waits for its client.
package struct ConnectionTimes: Sendable {
    /// For a request, or for the client to take the next piece of a file.
    package let idle: TimeAmount
    /// For the end of a request that has begun, whether it is answered or not.
    package let request: TimeAmount
    /// For the client to take what was sent to it.
    package let stall: TimeAmount
    /// For a client to close its end behind its last answer.
    let linger: TimeAmount = .seconds(2)
    /// For answers that were begun, once the service stops.
    package let patience: TimeAmount

    package init(idle: TimeAmount, request: TimeAmount, stall: TimeAmount, patience: TimeAmount) {
        self.idle = idle
        self.request = request
        self.stall = stall
        self.patience = patience
    }
}
