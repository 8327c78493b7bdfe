extension Measurement {
    /// On SQLite: a thousand revocations in one request, from an account without any to one with a million; and a page of a
    /// hundred of that million.
    static let serviceRevocations = Measurement(
        "service.revoke.batch_1000_ms", "service.revoke.batch_1000_p99_ms", "service.list_revocations.p50_ms",
        "service.list_revocations.subject_p50_ms"
    ) {
        let folder = try TemporaryFolder()
        let service = try RunningService(in: folder, "--ready-keys", "0")
        let connection = try service.connect(as: service.firstAccount())
        let times = try RevocationPopulation.add(1_000, over: connection)
        let newest = try connection.send("GET", "revocations?limit=1").text
        guard let token = newest.firstRange(of: #""token":""#).map({ newest[$0.upperBound...].prefix { $0 != "\"" } })
        else { throw MeasurementFailure("the list is not one: \(newest)") }
        let pages = try (0..<200).map { _ in try connection.time("GET", "revocations?limit=100") }
        let ofSubject = try (0..<200).map { _ in try connection.time("GET", "revocations?token=\(token)") }
        try service.stop()
        return [
            Figure("service.revoke.batch_1000_ms", times.median, unit: "ms", bound: .below(60)),
            Figure("service.revoke.batch_1000_p99_ms", times.percentile(99), unit: "ms"),
            Figure("service.list_revocations.p50_ms", pages.median, unit: "ms", bound: .below(5)),
            Figure("service.list_revocations.subject_p50_ms", ofSubject.median, unit: "ms"),
        ]
    }
}
