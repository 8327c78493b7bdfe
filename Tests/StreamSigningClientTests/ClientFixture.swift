import StreamSigning
import StreamSigningClient
import StreamSigningWire
import Synchronization

/// A client of the scripted server, whose clock stands still and who never sleeps.
struct ClientFixture: Sendable {
    static let account = "023e105f4ecef8ad9ca31a8372d0c353"
    static let tokenText = "v1.0-secret-e2c91c"
    static let now: NumericDate = 1_800_000_000
    /// Made once: it takes a while.
    static let key = Result { try SigningKey.generate(id: KeyID("5213cfa121f70b8c1380686ffc371ba3")) }

    let client: StreamClient
    private let recorder: Recorder

    private final class Recorder: Sendable {
        let pauses = Mutex<[Duration]>([])
    }

    /// The pauses that were made between attempts.
    var pauses: [Duration] { recorder.pauses.withLock { $0 } }

    /// - Parameters:
    ///   - whileWaiting: runs in each pause.
    ///   - impatience: when it returns, the first attempt has taken too long.
    init(
        _ url: String, retry: RetryPolicy = RetryPolicy(),
        whileWaiting: @escaping @Sendable () async throws -> Void = {},
        impatience: (@Sendable () async throws -> Void)? = nil
    ) throws {
        var configuration = ClientConfiguration(baseURL: url)
        configuration.retry = retry
        // No test waits for these, and a busy machine must not look like a slow server.
        configuration.connectTimeout = .seconds(600)
        configuration.requestTimeout = .seconds(600)
        let recorder = Recorder()
        var pauses = Pauses()
        pauses.now = { Self.now }
        pauses.chance = { 0 }
        pauses.sleep = { duration in
            recorder.pauses.withLock { $0.append(duration) }
            try await whileWaiting()
        }
        if let impatience {
            let attempts = Mutex(0)
            pauses.deadline = { duration in
                let attempt = attempts.withLock { count in
                    count += 1
                    return count
                }
                try await attempt == 1 ? impatience() : Task.sleep(for: duration)
            }
        }
        self.recorder = recorder
        client = try StreamClient(
            account: Self.account, token: APIToken(Self.tokenText), configuration: configuration, pauses: pauses)
    }

    /// The `result` of a create, as Stream writes it.
    static func createdResult(created: String = "2021-06-15T21:06:54.763937286Z") throws -> String {
        let key = try key.get()
        return """
            {"id":"\(key.id)","pem":"\(try key.streamPEM().reveal())","jwk":"\(try key.streamJWK().reveal())",\
            "created":"\(created)"}
            """
    }
}

/// The error of an operation that must fail.
func failure<Value>(of operation: () async throws -> Value) async throws -> ClientError? {
    do {
        _ = try await operation()
        return nil
    } catch let error as ClientError {
        return error
    }
}
