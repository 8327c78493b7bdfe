#if Service
    import Hummingbird

    /// Whether the service can do its work: `/readyz` asks the store.
    struct Readiness: Sendable {
        let store: any KeyStore

        func response() async -> Response {
            do throws(StoreError) {
                _ = try await store.changes(after: ChangeNumber(rawValue: .max), limit: 1)
                return .text("ready\n")
            } catch {
                return .text("the key store cannot be reached\n", status: .serviceUnavailable)
            }
        }
    }
#endif
