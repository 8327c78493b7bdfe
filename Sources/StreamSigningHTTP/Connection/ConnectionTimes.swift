package import NIOCore

/// How long a connection waits for its client.
package struct ConnectionTimes: Sendable {
    /// For a request, or for the client to take the next piece of a file.
    let idle: TimeAmount
    /// For the rest of a request that has begun, whether it is answered or not.
    let request: TimeAmount
    /// For the client to take what was sent to it.
    let stall: TimeAmount
    /// For the header with which a proxy begins a connection.
    var proxyHeader = TimeAmount.seconds(5)
    /// For a client to close its end after its last answer.
    let linger: TimeAmount = .seconds(2)
    /// For answers under way, once the service stops.
    let patience: TimeAmount

    /// The same for a connection in a reserved place: a probe says at once what it wants.
    var brief: ConnectionTimes {
        let brief = TimeAmount.seconds(2)
        var times = ConnectionTimes(
            idle: min(idle, brief), request: min(request, brief), stall: min(stall, brief), patience: patience)
        times.proxyHeader = min(proxyHeader, brief)
        return times
    }

    package init(idle: TimeAmount, request: TimeAmount, stall: TimeAmount, patience: TimeAmount) {
        self.idle = idle
        self.request = request
        self.stall = stall
        self.patience = patience
    }
}
