internal import NIOHTTP1
internal import StreamSigning

/// One request, as often as it is sent.
struct APIRequest: Sendable {
    let method: HTTPMethod
    let url: String
    /// JSON.
    var body: SecretBytes?
    /// The most bytes that its answer may have.
    var limit = 8 * 1024 * 1024

    /// Scheme, host and port.
    var address: String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        return String(url[..<scheme.upperBound]) + url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
    }

    /// Whether sending it twice is the same as sending it once.
    var isIdempotent: Bool { method == .GET || method == .DELETE }
}
