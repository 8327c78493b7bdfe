internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// A service's store: in a data directory on this machine, or in a database. The service may be running.
struct DataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The service's data directory, with its database and master key. If not given: STREAMSIGN_DATA.",
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
        return DataDirectory(path, rights: try .fromEnvironment())
    }

    /// The database if one is named, here or in the environment, else the folder. `serve` does the same: with a database, the
    /// folder only holds the master key.
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
    /// - Parameter mayCreate: whether to make the store if there is none.
    func withStore(
        mayCreate: Bool = false, _ body: @escaping @Sendable (any KeyStore) async throws -> Void
    ) throws {
        let location = try location()
        if let directory = location.folder {
            do throws(StoreError) {
                try location.requireDatabase(beside: .choose(masterKeyFile: nil, in: directory))
            } catch {
                throw CommandFailure(location, error)
            }
        }
        guard mayCreate || location.exists else {
            throw CommandFailure.unusable(
                location.description, "there is no key store: `streamsign serve --data` makes one")
        }
        try Blocking.run { try await location.withStore(body) }
    }
}

extension MasterKeySource {
    /// The source that a command's options and the environment name, as for `serve`.
    /// - Parameter directory: has a key of its own, if nothing else names one.
    static func choose(masterKeyFile: String?, in directory: DataDirectory) -> MasterKeySource {
        choose(
            file: masterKeyFile ?? Environment["STREAMSIGN_MASTER_KEY_FILE"], environment: Environment[environmentName],
            rights: directory.rights, in: directory)
    }

    /// The same where there may be no directory.
    /// - Returns: nil if nothing names a key.
    static func choose(masterKeyFile: String?, in directory: DataDirectory?) throws -> MasterKeySource? {
        let source = choose(
            masterKeyFile: masterKeyFile, in: try directory ?? DataDirectory("", rights: .fromEnvironment()))
        if directory == nil, case .ownFile = source { return nil }
        return source
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
    /// A database that cannot be reached is a failure of the network, not of the user's input.
    init(_ location: StoreLocation, _ error: StoreError) {
        let status: Status = location.isShared && error.code == .unavailable ? .remote : .unusable
        self.init(status, "\(location): \(error.reason)")
    }
}
