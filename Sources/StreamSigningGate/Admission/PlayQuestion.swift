import StreamSigning
import StreamSigningHTTP

/// Who wants to play which stream, by which token.
struct PlayQuestion: Equatable {
    /// The address that is connected to the media server.
    var address: IPAddress?
    /// What a proxy between the two says the viewer's address is; it counts if ``address`` is a trusted proxy.
    var forwardedAddress: IPAddress?
    /// The name of the stream: the last segment of a path or mount.
    var stream: String
    /// Every place where the server found something that may be a token.
    var tokens: [String]

    /// - Parameters:
    ///   - path: of the stream, perhaps with a query.
    ///   - tokens: besides the query's `token`.
    init(address: String?, forwardedAddress: String? = nil, path: String, tokens: [String] = []) {
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.address = address.flatMap { IPAddress($0) }
        self.forwardedAddress = forwardedAddress.flatMap { IPAddress($0) }
        let name = parts[0].split(separator: "/").last ?? ""
        stream = PercentEncoding.text(name) ?? String(name)
        self.tokens = tokens + (parts.count == 2 ? Self.tokens(inQuery: parts[1]) : [])
    }

    /// The values of `token` in a query, which may begin with its question mark.
    static func tokens(inQuery query: some StringProtocol) -> [String] {
        RequestQuery(query.drop { $0 == "?" })["token"]
    }

    /// The token, and the video that it must be for: nil if it stands in place of the stream's name, which names no video then.
    /// - Throws: ``Denial``.
    func credentials() throws(Denial) -> (token: String, video: VideoID?) {
        var found = tokens.filter { !$0.isEmpty }
        let nameParts = stream.split(separator: ".", omittingEmptySubsequences: false)
        // Header, payload and signature, and perhaps an extension.
        let isToken = (3...4).contains(nameParts.count) && nameParts[0].hasPrefix("ey")
        if isToken { found.append(nameParts[..<3].joined(separator: ".")) }
        guard let token = found.first else {
            throw Denial(.tokenMissing, "there is no token: put one into the argument `token` of the play URL")
        }
        guard found.allSatisfy({ $0.utf8.elementsEqual(token.utf8) }) else {
            throw Denial(.tokenMalformed, "there are two tokens, which differ")
        }
        if isToken { return (token, nil) }
        let name = stream.lastIndex(of: ".").map { stream[..<$0] } ?? stream[...]
        guard let video = try? VideoID(String(name)) else {
            throw Denial(.videoMismatch, "the stream's name '\(stream.excerpt())' is not a video id")
        }
        return (token, video)
    }
}
