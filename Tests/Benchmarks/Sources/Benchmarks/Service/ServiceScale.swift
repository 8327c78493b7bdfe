extension Measurement {
    /// What requests take in accounts of 10 and of 1,000 keys, alone and among 100,000 keys in all; and what it takes to
    /// start on so many, and to hold them.
    static let serviceScale = Measurement(
        names: KeyPopulation.allCases.flatMap { population in
            population.accounts.flatMap { ServiceCurve.names(population.figure($0)) } + population.wholeNames
        } + ServiceCurve.growthNames
    ) {
        let builder = try PopulationBuilder()
        var curves: [ServiceCurve] = []
        var figures: [Figure] = []
        for population in KeyPopulation.allCases {
            try builder.grow(to: population)
            let folder = try builder.copy()
            let starts = try starts(in: folder)
            let service = try RunningService(in: folder, "--ready-keys", "0", "--keys-per-account", "2000")
            for (count, account) in zip(population.accounts, builder.measured) {
                let curve = try ServiceCurve(of: count, over: try service.connect(as: account))
                curves.append(curve)
                figures += curve.figures(population.figure(count))
            }
            let memory = try service.residentMebibytes()
            try service.stop()
            figures += population.wholeFigures(starts: starts, memory: memory)
        }
        return figures + ServiceCurve.growth(from: curves[0], to: curves[curves.count - 1], sameAccount: curves[1])
    }

    /// Milliseconds that each of five starts took.
    private static func starts(in folder: TemporaryFolder) throws -> [Double] {
        try (0..<5).map { _ in
            // Keys made in advance would be made during the measurement.
            let service = try RunningService(in: folder, "--ready-keys", "0")
            let time = service.timeToReady.inSeconds * 1000
            try service.stop()
            return time
        }
    }
}

extension KeyPopulation {
    fileprivate func wholeFigures(starts: [Double], memory: Double) -> [Figure] {
        [
            Figure(wholeNames[0], rounds: starts, unit: "ms", bound: self == .many ? .below(2000) : nil),
            Figure(wholeNames[1], memory, unit: "MiB", bound: self == .many ? .below(256) : nil),
        ]
    }
}
