/// What requests take, one after the other, in an account of so many keys.
struct ServiceCurve {
    private let list: [Double]
    private let lookUp: [Double]
    private let delete: [Double]

    static func names(_ suffix: String) -> [String] {
        ["list", "lookup", "delete"].map { "service.\($0).\(suffix)_ms" }
    }

    /// - Parameter connection: to an account that has `count` keys, and still has them afterwards, others in part.
    init(of count: Int, over connection: HTTPConnection) throws {
        let listed = try connection.send("GET", "keys").text.split(separator: #""key_id""#).count - 1
        guard listed == count else { throw MeasurementFailure("the account has \(listed) keys and not \(count)") }
        list = try (0..<200).map { _ in try connection.time("GET", "keys") }
        let key = try connection.importKeys(1)
        lookUp = try (0..<400).map { _ in
            try connection.time("POST", ServiceAccount.tokenPath, body: key.lookUpBody, expecting: 400)
        }
        try connection.send("DELETE", "keys/\(key.id)")
        delete = try (0..<60).map { _ in
            let key = try connection.importKeys(1)
            return try connection.time("DELETE", "keys/\(key.id)")
        }
    }

    func figures(_ suffix: String) -> [Figure] {
        zip(Self.names(suffix), [list, lookUp, delete]).map { name, times in
            let half = times.percentile(10)...times.percentile(90)
            return Figure(name, times.median, unit: "ms", spread: half)
        }
    }

    static let growthNames = ["list", "lookup", "delete"].map { "service.\($0).growth" }

    /// How many times as long a request takes where there are more keys. What does not depend on their number stays near 1.
    /// - Parameters:
    ///   - few: an account of few keys, alone.
    ///   - many: an account of many keys, among very many.
    ///   - sameAccount: the account of many keys, alone: a list takes longer the longer it is, but not for others' keys.
    static func growth(from few: Self, to many: Self, sameAccount: Self) -> [Figure] {
        let ratios = [
            many.list.median / sameAccount.list.median, many.lookUp.median / few.lookUp.median,
            many.delete.median / few.delete.median,
        ]
        // A deletion waits for the disk, which is less even.
        return zip(growthNames, zip(ratios, [1.5, 1.5, 2])).map { name, growth in
            Figure(name, growth.0, unit: "ratio", bound: .atMost(growth.1))
        }
    }
}
