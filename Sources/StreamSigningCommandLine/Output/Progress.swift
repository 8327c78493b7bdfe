/// How much is done and how fast, for a person at a terminal.
struct Progress {
    private let verb: String
    private let isShown = Terminal.showsErrors
    private let start = ContinuousClock.now
    private var shown = ContinuousClock.now
    private(set) var count = 0

    /// - Parameter verb: what is done to each, such as `signed`.
    init(_ verb: String) {
        self.verb = verb
    }

    mutating func advance(by step: Int) {
        count += step
        guard isShown, ContinuousClock.now - shown > .milliseconds(200) else { return }
        shown = .now
        let rate = Double(count) / ((shown - start) / .seconds(1))
        StandardError.status("\(count) \(verb), \(Int(rate)) per second")
    }

    func clear() {
        if isShown { StandardError.status("") }
    }
}
