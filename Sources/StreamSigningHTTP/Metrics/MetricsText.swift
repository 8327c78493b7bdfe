import StreamSigning

/// What `/metrics` answers: Prometheus's text format 0.0.4.
///
/// ```swift
/// var text = MetricsText()
/// text.begin(.counter, "signatures_total", "Tokens signed by the token endpoint.")
/// text.add(signatures)
/// ```
///
/// The format is so small that a registry of metrics would cost more than this, in code and at run time.
package struct MetricsText: Sendable {
    package enum Kind: String {
        case counter, gauge, histogram
    }

    package private(set) var text = ""
    private var name = ""

    package init() {}

    /// Begins a metric. The samples that follow are its own.
    /// - Parameter name: without the prefix `streamsign_`.
    package mutating func begin(_ kind: Kind, _ name: String, _ help: String) {
        self.name = "streamsign_" + name
        text += "# HELP \(self.name) \(help)\n# TYPE \(self.name) \(kind.rawValue)\n"
    }

    /// - Parameter labels: their values need no escaping: they are never text of a request's.
    package mutating func add(_ value: Int, _ labels: KeyValuePairs<String, String> = [:]) {
        add("", Array(labels), "\(value)")
    }

    /// Adds a time in seconds.
    package mutating func add(_ value: Duration, _ labels: KeyValuePairs<String, String> = [:]) {
        add("", Array(labels), value.secondsText)
    }

    package mutating func add(_ histogram: Histogram, _ labels: KeyValuePairs<String, String> = [:]) {
        let labels = Array(labels)
        var sum = 0
        for (bound, count) in zip(histogram.bounds, histogram.counts) {
            sum += count
            add("_bucket", labels + [("le", "\(bound)")], "\(sum)")
        }
        add("_bucket", labels + [("le", "+Inf")], "\(histogram.count)")
        add("_sum", labels, "\(histogram.sum)")
        add("_count", labels, "\(histogram.count)")
    }

    private mutating func add(_ suffix: String, _ labels: [(key: String, value: String)], _ value: String) {
        let pairs = labels.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
        text += name + suffix + (pairs.isEmpty ? "" : "{\(pairs)}") + " \(value)\n"
    }
}

extension Duration {
    /// The duration in seconds with three decimals, `12.345`; a negative one as 0.
    package var secondsText: String {
        let milliseconds = max(0, inMilliseconds)
        let fraction = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.utf8.count) + fraction
    }
}
