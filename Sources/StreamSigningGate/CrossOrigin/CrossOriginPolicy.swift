import NIOHTTP1
import StreamSigning
import StreamSigningHTTP

/// Which pages may read what the gate answers (Fetch 3.3), and what players may ask for.
///
/// It keeps nothing secret: who has a token can fetch with it outside a browser. It keeps other people's pages from playing your
/// videos in their visitors' browsers.
struct CrossOriginPolicy: Sendable {
    /// The fields of every answer to a page of an origin that may read it.
    private let readable: [String: FieldLines]
    /// For everybody if no origins are set; nil if some are.
    private let readableByAll: FieldLines?
    /// For everybody else.
    private let unreadable: FieldLines

    /// - Parameter origins: those that may read answers, even ones that depend on cookies; none for any origin, without cookies.
    init(_ origins: [WebOrigin]) {
        readable = Dictionary(
            origins.map { ($0.description, FieldLines(Self.fields($0.description, varies: true))) },
            uniquingKeysWith: { first, _ in first })
        readableByAll = origins.isEmpty ? FieldLines(Self.fields("*", varies: false)) : nil
        unreadable = FieldLines([("Cross-Origin-Resource-Policy", "cross-origin"), ("Vary", "Origin")])
    }

    /// The fields of an answer to a request.
    func fields(for headers: HTTPHeaders) -> FieldLines {
        if let readableByAll { return readableByAll }
        return headers.first(name: "origin").flatMap { readable[$0] } ?? unreadable
    }

    /// The answer to a preflight request, with which a browser asks whether a script may send its request (Fetch 4.8). Whether the
    /// origin may is in ``fields(for:)``.
    static let preflight = HTTPAnswer(
        .noContent, .none,
        [
            ("Allow", methods), ("Access-Control-Allow-Methods", methods),
            ("Access-Control-Allow-Headers", requestFields.joined(separator: ", ")),
            ("Access-Control-Max-Age", "86400"),
        ])

    static let methods = "GET, HEAD, OPTIONS"

    /// What players, and libraries that they use, send besides what needs no permission. Common Media Client Data are those of
    /// CTA-5004.
    private static let requestFields = [
        "Accept", "Accept-Language", "Authorization", "Cache-Control", "CMCD-Object", "CMCD-Request", "CMCD-Session",
        "CMCD-Status", "Content-Type", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range",
        "If-Unmodified-Since", "Pragma", "Range", "X-Requested-With",
    ]

    /// What a script may read besides what it may anyway. `Date` is a clock for DASH.
    private static let exposedFields = [
        "Accept-Ranges", "Content-Encoding", "Content-Length", "Content-Range", "Date", "ETag", "Last-Modified",
        "Retry-After", "X-Stream-Signing-Denial",
    ]

    private static func fields(_ origin: String, varies: Bool) -> [(name: StaticString, value: String)] {
        [
            ("Access-Control-Allow-Origin", origin),
            ("Access-Control-Expose-Headers", exposedFields.joined(separator: ", ")),
            // How long a request took, for analytics.
            ("Timing-Allow-Origin", origin),
            // For pages that embed nothing that has not agreed.
            ("Cross-Origin-Resource-Policy", "cross-origin"),
        ] + (varies ? [("Access-Control-Allow-Credentials", "true"), ("Vary", "Origin")] : [])
    }
}
