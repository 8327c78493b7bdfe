#if Service
    internal import ArgumentParser
    internal import StreamSigningService

    /// The data directory of a service on this machine, which may run meanwhile.
    struct DataOptions: ParsableArguments {
        @Option(
            help: ArgumentHelp("The service's data directory. If not given: STREAMSIGN_DATA.", valueName: "dir"),
            completion: .directory)
        var data: String?

        func directory() throws -> DataDirectory {
            guard let path = data ?? Environment["STREAMSIGN_DATA"] else {
                throw ValidationError("Missing expected argument '--data <dir>'")
            }
            return DataDirectory(path)
        }

        /// Opens the store, lends it and closes it.
        /// - Parameter mayCreate: whether a store is made where there is none.
        func withStore(
            mayCreate: Bool = false, _ body: @escaping @Sendable (SQLiteKeyStore) async throws -> Void
        ) throws {
            let directory = try directory()
            guard mayCreate || directory.hasDatabase else {
                throw CommandFailure.unusable(
                    directory.path, "there is no key store: `streamsign serve --data` makes one")
            }
            try Blocking.run {
                do {
                    let store = try SQLiteKeyStore(in: directory)
                    let result = await Result(catching: { () async throws in try await body(store) })
                    await store.close()
                    try result.get()
                } catch let error as StoreError {
                    throw CommandFailure.unusable("key store", error.reason)
                } catch let error as VaultError {
                    throw CommandFailure.unusable("vault", error.reason)
                }
            }
        }
    }

    extension Result where Failure == any Error {
        fileprivate init(catching body: () async throws -> Success) async {
            do {
                self = .success(try await body())
            } catch {
                self = .failure(error)
            }
        }
    }
#endif
