internal import FoundationEssentials
internal import StreamSigning

/// Where an account is in an API: the beginning of every URL.
struct AccountAddress: Sendable {
    private let stream: String
    /// The account's id.
    let account: String
    let isCloudflare: Bool

    /// - Throws: ``ClientError`` with code `invalid_argument`.
    init(baseURL: String, account: String) throws(ClientError) {
        let base: HTTPAddress
        do throws(ClientError) {
            base = try HTTPAddress(baseURL)
        } catch {
            throw ClientError(error.code, error.reason, argument: .baseURL)
        }
        guard (1...64).contains(account.utf8.count), account.utf8.allSatisfy(\.isASCIIIdentifier) else {
            throw ClientError(
                .invalidArgument, "an account has 1 to 64 ASCII letters, digits, '-' and '_'", argument: .account)
        }
        var text = base.text
        while text.hasSuffix("/") { text.removeLast() }
        self.account = account
        stream = "\(text)/accounts/\(account)/stream"
        isCloudflare = base.host == "api.cloudflare.com"
    }

    var keys: String { "\(stream)/keys" }
    var keySet: String { "\(stream)/keys/jwks.json" }

    func key(_ id: KeyID) throws(ClientError) -> String {
        // A segment of dots leads somewhere else, escaped or not.
        guard id.rawValue != ".", id.rawValue != ".." else {
            throw ClientError(.invalidArgument, "a key id of dots cannot be part of a URL")
        }
        return "\(keys)/\(PercentEncoding.encode(id.rawValue))"
    }

    var revocations: String { "\(stream)/revocations" }

    func token(_ video: VideoID) -> String { "\(stream)/\(video.rawValue)/token" }
}

/// The URL of an HTTP service: no user, no password, no fragment.
struct HTTPAddress {
    let text: String
    let host: String
    let port: Int
    let isEncrypted: Bool

    /// Whether the host is an address, and not a name.
    var isNumeric: Bool { IPAddress(host) != nil }

    init(_ text: String, allowsQuery: Bool = false) throws(ClientError) {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
            scheme == "https" || scheme == "http",
            let host = url.host(percentEncoded: false), !host.isEmpty
        else {
            throw ClientError(
                .invalidArgument, "not the URL of an HTTP service: it begins with https:// or http://")
        }
        guard url.user(percentEncoded: true) == nil, url.password(percentEncoded: true) == nil else {
            throw ClientError(.invalidArgument, "the URL must not carry a name or a password")
        }
        guard allowsQuery || url.query(percentEncoded: true) == nil, url.fragment(percentEncoded: true) == nil
        else {
            throw ClientError(.invalidArgument, "the URL has a query or a fragment")
        }
        guard url.port.map({ (1...65_535).contains($0) }) ?? true else {
            throw ClientError(.invalidArgument, "the URL's port is not one from 1 to 65535")
        }
        self.text = text
        self.host = host.lowercased().filter { !"[]".contains($0) }
        isEncrypted = scheme == "https"
        port = url.port ?? (isEncrypted ? 443 : 80)
    }
}
