/// Two things measured in turns, A B A B: what disturbs the machine for longer than a round disturbs both alike.
struct Comparison {
    /// Of each round.
    private(set) var left: [Double] = []
    private(set) var right: [Double] = []

    /// The first pair, in which caches fill and contexts are made, is not counted.
    init(rounds: Int = 11, left: () async throws -> Double, right: () async throws -> Double) async rethrows {
        for round in 0...rounds {
            let pair = (try await left(), try await right())
            guard round > 0 else { continue }
            self.left.append(pair.0)
            self.right.append(pair.1)
        }
    }

    /// Left by right of each pair.
    var ratios: [Double] { zip(left, right).map { $0 / $1 } }

    /// The ratio, and for a person both sides of it.
    func figures(
        ratio name: String, bound: Bound?, leftName: String, rightName: String, unit: String
    ) -> [Figure] {
        [
            Figure(name, rounds: ratios, unit: "ratio", bound: bound),
            Figure(leftName, rounds: left, unit: unit),
            Figure(rightName, rounds: right, unit: unit),
        ]
    }
}
