#if Service
    import ServiceLifecycle

    /// A server whose failures name the address that it listens on.
    struct Listener: Service {
        let address: String
        let server: any Service

        func run() async throws {
            do {
                try await server.run()
            } catch {
                throw ServiceFailure(address, error)
            }
        }
    }
#endif
