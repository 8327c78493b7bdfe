internal import NIOHTTP1
internal import StreamSigning
internal import StreamSigningWire

/// The key and token API of one account: Cloudflare Stream's own, or that of the service in this package.
///
/// ```swift
/// let client = try StreamClient(account: account, token: APIToken(text))
/// let created = try await client.createKey()
/// try store(created.material)                      // shown this once only
/// let token = try TokenSigner(key: created.key).sign(claims)
/// ```
///
/// A value may be copied and used from any number of tasks at once; its connections are closed with the last copy.
/// Requests are repeated where that is safe, as ``RetryPolicy`` describes. Cancelling the task ends the request.
public struct StreamClient: Sendable {
    let address: AccountAddress
    private let token: APIToken
    private let exchange: Exchange

    /// - Parameters:
    ///   - account: the account's id, as it is in the API's paths.
    ///   - token: an API token of that account, which reads or writes as the requests do.
    ///   - configuration: another service than Cloudflare's, other limits.
    /// - Throws: ``ClientError`` with code `invalid_argument` for a base URL or an account that cannot be one.
    public init(
        account: String, token: APIToken, configuration: ClientConfiguration = ClientConfiguration()
    ) throws(ClientError) {
        try self.init(account: account, token: token, configuration: configuration, pauses: Pauses())
    }

    package init(
        account: String, token: APIToken, configuration: ClientConfiguration, pauses: Pauses
    ) throws(ClientError) {
        address = try AccountAddress(baseURL: configuration.baseURL, account: account)
        self.token = token
        exchange = Exchange(
            transport: try Transport(
                to: configuration.baseURL, through: configuration.connections,
                connectTimeout: configuration.connectTimeout, requestTimeout: configuration.requestTimeout,
                pauses: pauses),
            policy: configuration.retry, pauses: pauses)
    }

    func send(_ request: APIRequest, isPublic: Bool = false) async throws(ClientError) -> Exchange.Outcome {
        try await exchange.send(request, token: isPublic ? nil : token)
    }

    func read<Value>(
        _ outcome: Exchange.Outcome, _ result: (JSONValue?) throws(WireProblem) -> Value
    ) throws(ClientError) -> Value {
        try exchange.read(outcome) { answer throws(ClientError) in try answer.read(result) }
    }

    func read<Value>(
        _ outcome: Exchange.Outcome, answer body: (RawAnswer) throws(ClientError) -> Value
    ) throws(ClientError) -> Value {
        try exchange.read(outcome, body)
    }
}

extension StreamClient: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Shows neither the token nor what the connections carried.
    public var description: String { "StreamClient" }
    /// As ``description``.
    public var debugDescription: String { description }
    /// Empty: the members lead to requests that were sent, and to their credentials.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
