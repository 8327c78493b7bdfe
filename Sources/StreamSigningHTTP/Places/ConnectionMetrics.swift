import Synchronization

/// Counts the connections of one listener.
package final class ConnectionMetrics: Sendable {
    /// Whose connections they are.
    package enum Listener: String, Sendable {
        case api, gate
    }

    /// How many connections were turned away or closed for others, since the start.
    struct Shortage: Equatable {
        /// Closed at once, or answered that there is no place.
        var refused = 0
        /// Closed before they had sent a request.
        var silent = 0
        /// Closed between two requests.
        var idle = 0

        static func - (left: Shortage, right: Shortage) -> Shortage {
            Shortage(
                refused: left.refused - right.refused, silent: left.silent - right.silent, idle: left.idle - right.idle)
        }
    }

    let listener: Listener
    private let open = Atomic<Int>(0)
    private let refused = Atomic<Int>(0)
    private let silent = Atomic<Int>(0)
    private let idle = Atomic<Int>(0)
    private let readHeaders = Atomic<Int>(0)
    private let malformedHeaders = Atomic<Int>(0)
    private let lateHeaders = Atomic<Int>(0)

    package init(_ listener: Listener) {
        self.listener = listener
    }

    var shortage: Shortage {
        Shortage(
            refused: refused.load(ordering: .relaxed), silent: silent.load(ordering: .relaxed),
            idle: idle.load(ordering: .relaxed))
    }

    func noteOpen(_ count: Int) {
        open.store(count, ordering: .relaxed)
    }

    func noteRefusal() {
        refused.wrappingAdd(1, ordering: .relaxed)
    }

    /// - Parameter activity: what the connection was doing.
    func noteEviction(_ activity: ConnectionPlace.Activity) {
        if activity == .silent {
            silent.wrappingAdd(1, ordering: .relaxed)
        } else {
            idle.wrappingAdd(1, ordering: .relaxed)
        }
    }

    /// A trusted proxy has begun a connection.
    func noteProxyHeader(_ outcome: ProxyHeaderHandler.Outcome) {
        switch outcome {
        case .read: readHeaders.wrappingAdd(1, ordering: .relaxed)
        case .malformed: malformedHeaders.wrappingAdd(1, ordering: .relaxed)
        case .late: lateHeaders.wrappingAdd(1, ordering: .relaxed)
        }
    }

    private func count(of outcome: ProxyHeaderHandler.Outcome) -> Int {
        switch outcome {
        case .read: readHeaders.load(ordering: .relaxed)
        case .malformed: malformedHeaders.load(ordering: .relaxed)
        case .late: lateHeaders.load(ordering: .relaxed)
        }
    }

    /// Writes the part of `/metrics` that is about the connections of some listeners.
    package static func write(_ listeners: [ConnectionMetrics], to text: inout MetricsText) {
        text.begin(.gauge, "connections_open", "Connections that are open, by listener.")
        for metrics in listeners {
            text.add(metrics.open.load(ordering: .relaxed), ["listener": metrics.listener.rawValue])
        }
        text.begin(.counter, "connections_refused_total", "Connections for which there was no place, by listener.")
        for metrics in listeners { text.add(metrics.shortage.refused, ["listener": metrics.listener.rawValue]) }
        text.begin(
            .counter, "connections_evicted_total",
            "Connections closed to make room for others, by listener and by what they were doing.")
        for metrics in listeners {
            let listener = metrics.listener.rawValue
            text.add(metrics.shortage.silent, ["listener": listener, "state": "silent"])
            text.add(metrics.shortage.idle, ["listener": listener, "state": "idle"])
        }
        text.begin(
            .counter, "proxy_headers_total",
            "Headers of the PROXY protocol that trusted proxies owed, by listener and by what became of them.")
        for metrics in listeners {
            for outcome in ProxyHeaderHandler.Outcome.allCases {
                text.add(
                    metrics.count(of: outcome),
                    ["listener": metrics.listener.rawValue, "outcome": outcome.rawValue])
            }
        }
    }
}
