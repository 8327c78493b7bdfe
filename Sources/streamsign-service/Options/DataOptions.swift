internal import ArgumentParser
internal import StreamSigningCommandLine
internal import StreamSigningService

/// The store of a service, which may run meanwhile: in a data directory of this machine, or in a database.
struct DataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The service's data directory: of its database and its master key. If not given: STREAMSIGN_DATA.",
            valueName: "dir"),
        completion: .directory)
    var data: String?

    @Option(
        help: ArgumentHelp(
            "A PostgreSQL database instead of the one in the data directory. If not given: STREAMSIGN_DATABASE_URL.",
            valueName: "url"))
    var databaseURL: String?

    func directory() throws -> DataDirectory {
        guard let path = data ?? Environment["STREAMSIGN_DATA"] else {
            throw ValidationError("Missing expected argument '--data <dir>'")
        }
        return DataDirectory(path)
    }

    /// A database that is named, here or in the environment, and only then the folder: as for `serve`, to which a folder
    /// beside a database is where the master key is.
    func location() throws -> StoreLocation {
        if let databaseURL {
            return try StoreLocation(
                option: "--database-url", databaseURL, isOnCommandLine: true, databaseOnly: true)
        }
        if let url = Environment["STREAMSIGN_DATABASE_URL"] {
            return try StoreLocation(
                option: "STREAMSIGN_DATABASE_URL", url, isOnCommandLine: false, databaseOnly: true)
        }
        return .folder(try directory())
    }

    /// Opens the store, lends it and closes it.
    /// - Parameter mayCreate: whether a store is made where there is none.
    func withStore(
        mayCreate: Bool = false, _ body: @escaping @Sendable (any KeyStore) async throws -> Void
    ) throws {
        let location = try location()
        guard mayCreate || location.exists else {
            throw CommandFailure.unusable(
                location.description, "there is no key store: `streamsign serve --data` makes one")
        }
        try Blocking.run { try await location.withStore(body) }
    }
}

extension StoreLocation {
    /// Opens the store, lends it and closes it.
    func withStore(_ body: @escaping @Sendable (any KeyStore) async throws -> Void) async throws {
        do {
            let store = try await open()
            let result = await Result(catching: { () async throws in try await body(store) })
            await store.close()
            try result.get()
        } catch let error as StoreError {
            throw CommandFailure(self, error)
        } catch let error as VaultError {
            throw CommandFailure.unusable("vault", error.reason)
        }
    }
}

extension CommandFailure {
    /// A database that cannot be reached is the network's failure, and not that of what the user gave.
    init(_ location: StoreLocation, _ error: StoreError) {
        let status: Status = location.isShared && error.code == .unavailable ? .remote : .unusable
        self.init(status, "\(location): \(error.reason)")
    }
}

extension Result where Failure == any Error {
    init(catching body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
