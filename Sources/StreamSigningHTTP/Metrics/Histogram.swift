import StreamSigning

/// Durations, counted by how long they are.
package struct Histogram: Sendable {
    /// Upper bounds in seconds, ascending.
    let bounds: [Double]
    /// How many durations fall under each bound and not under the one before it.
    private(set) var counts: [Int]
    /// How many durations there are, longer ones than the last bound included.
    private(set) var count = 0
    /// All of them together, in seconds.
    private(set) var sum = 0.0

    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = [Int](repeating: 0, count: bounds.count)
    }

    /// Counts a duration; a negative one counts as 0.
    package mutating func note(_ duration: Duration) {
        let seconds = max(0, duration.inSeconds)
        if let index = bounds.firstIndex(where: { seconds <= $0 }) { counts[index] += 1 }
        count += 1
        sum += seconds
    }
}
