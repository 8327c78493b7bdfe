extension Measurement {
    /// What requests take in accounts of 10 and of 1,000 keys, alone and among 100,000 keys in all; and what it takes to
    /// start on so many, and to hold them.
    static let serviceScale = Measurement(
        names: KeyPopulation.allCases.flatMap { population in
            population.accounts.flatMap { ServiceCurve.names(population.figure($0)) } + population.wholeNames
        }
    ) {
        let builder = try PopulationBuilder()
        var figures: [Figure] = []
        for population in KeyPopulation.allCases {
            try builder.grow(to: population)
            figures += try Self.figures(of: population, builder)
        }
        return figures
    }

    private static func figures(of population: KeyPopulation, _ builder: PopulationBuilder) throws -> [Figure] {
        let folder = try builder.copy()
        var starts: [Double] = []
        for _ in 0..<5 {
            // Keys made in advance would be made during the measurement.
            let service = try RunningService(in: folder, "--ready-keys", "0")
            starts.append(service.timeToReady.inSeconds * 1000)
            try service.stop()
        }
        let service = try RunningService(in: folder, "--ready-keys", "0", "--keys-per-account", "2000")
        var figures: [Figure] = []
        for (count, account) in zip(population.accounts, builder.measured) {
            let curve = try ServiceCurve(of: count, over: try service.connect(as: account))
            figures += curve.figures(population.figure(count))
        }
        let memory = try service.residentMebibytes()
        try service.stop()
        return figures + [
            Figure(population.wholeNames[0], rounds: starts, unit: "ms"),
            Figure(population.wholeNames[1], memory, unit: "MiB"),
        ]
    }
}
