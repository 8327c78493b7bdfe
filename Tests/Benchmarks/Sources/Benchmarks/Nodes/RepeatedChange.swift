internal import Synchronization

/// Makes changes again while a node cannot reach its store. On a machine with other work, that a database does not answer in
/// time says more about the machine, so it is counted and does not end a measurement.
final class RepeatedChange: Sendable {
    private let unavailable = Atomic<Int>(0)

    /// How often a node could not reach its store in time.
    var unavailableAnswers: Int { unavailable.load(ordering: .relaxed) }

    /// What an answer of 503 left open is done or not: a repetition finds it, or does it.
    /// - Parameter done: the status that says that it was done before.
    func send(
        over connection: HTTPConnection, _ method: String, _ path: String, body: String = "", orElse done: Int
    ) throws {
        var answer = try connection.exchange(method, path, body: body)
        var isRepeated = false
        let deadline = Deadline("\(method) is answered", within: .seconds(30))
        while answer.status == 503 {
            unavailable.add(1, ordering: .relaxed)
            isRepeated = true
            try deadline.check()
            answer = try connection.exchange(method, path, body: body)
        }
        guard answer.status == 200 || isRepeated && answer.status == done else {
            throw MeasurementFailure("\(method) was answered with \(answer.status): \(answer.text)")
        }
    }
}
