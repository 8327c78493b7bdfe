internal import Foundation

/// An empty database on the PostgreSQL server of `scripts/with-postgresql`.
struct NodeDatabase {
    let url: String

    init(in folder: TemporaryFolder) throws {
        let variable = "STREAMSIGN_TEST_DATABASE_URL"
        guard let server = ProcessInfo.processInfo.environment[variable], let end = server.lastIndex(of: "/") else {
            throw MeasurementFailure("there is no \(variable): run scripts/with-postgresql scripts/bench")
        }
        let name = "bench_\(UInt64.random(in: .min ... .max))"
        _ = try ChildProcess(
            running: "psql", ["-XAtq", "-d", server, "-c", "CREATE DATABASE \(name)"], error: folder.path("psql.log"))
        url = server[...end] + name
    }
}
