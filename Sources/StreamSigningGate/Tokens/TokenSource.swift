/// A place in a request where the gate may look for a token.
public enum TokenSource: String, Sendable, Hashable, CaseIterable {
    /// The first segment of the path, in place of the video's id.
    case path
    /// The cookie `stream_token`: see `PlaybackCookie`.
    case cookie
    /// The field `Authorization: Bearer` (RFC 6750 2.1).
    case bearer
    /// The argument `token` of the query (as RFC 6750 2.3 has it of `access_token`). Servers log queries.
    case query
}
