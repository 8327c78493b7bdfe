package import Logging
import ServiceLifecycle
import StreamSigning
package import StreamSigningHTTP
import StreamSigningThreads

#if MaxMindDB
    import StreamSigningCountries

    /// Reads a database of countries again whenever its file is replaced, which happens about once a week.
    package struct CountryFollower: Service {
        /// Whether this build reads databases of countries.
        package static let isAvailable = true

        private let file: CountryDatabaseFile
        private let interval: Duration
        private let logger: Logger

        /// - Throws: ``ServiceFailure`` for a file that cannot be used.
        package init(_ path: String, interval: Duration = .seconds(60), logger: Logger) throws(ServiceFailure) {
            do throws(InvalidCountryDatabase) {
                file = try CountryDatabaseFile(path: path)
            } catch {
                throw ServiceFailure(path, error.reason)
            }
            self.interval = interval
            self.logger = logger
            logger.info("countries are read", metadata: Self.description(of: file.database))
        }

        func country(of address: IPAddress) -> CountryCode? {
            file.database.country(of: address)
        }

        /// Follows until the task is cancelled or the service shuts down. A file that cannot be used changes nothing.
        func run() async throws {
            await withTaskExecutorPreference(NodeThread.following) {
                await cancelWhenGracefulShutdown { [self] in
                    for await _ in NodeThread.following.clock(every: interval) { await refresh() }
                }
            }
        }

        /// Reads the file again if it has been replaced.
        package func refresh() async {
            do {
                let isNew = try await withTaskExecutorPreference(WorkThreads.files) { [file] in try file.refresh() }
                if isNew { logger.info("countries are read", metadata: Self.description(of: file.database)) }
            } catch {
                logger.error(
                    "countries cannot be read, and stay what they were",
                    metadata: ["file": "\(file.path)", "error": "\(error)"])
            }
        }

        private static func description(of database: CountryDatabase) -> Logger.Metadata {
            ["type": "\(database.type)", "built": "\(database.built)"]
        }
    }
#else
    /// Takes the place of what reads a database of countries, in builds without the trait `MaxMindDB`.
    package struct CountryFollower: Service {
        package static let isAvailable = false

        /// - Throws: ``ServiceFailure`` always.
        package init(_ path: String, logger: Logger) throws(ServiceFailure) {
            throw ServiceFailure(path, GateConfiguration.noCountryDatabases)
        }

        func country(of address: IPAddress) -> CountryCode? { nil }

        package func refresh() async {}

        func run() async throws {}
    }
#endif

extension GateConfiguration {
    /// What a build without the trait says about a ``countryDatabase``.
    package static let noCountryDatabases =
        "this build reads no MaxMind DB files: build with `--traits default,MaxMindDB`"
}
