import StreamSigning
import StreamSigningHTTP

/// Where a playback goes on: the same path and query under the session's token.
///
/// It is relative to the request's own URL, so it also holds where a proxy serves the gate under a path of its own.
struct SessionLocation: Sendable {
    private let ascent: String
    private let remainder: String

    init(_ target: RequestTarget) {
        // From the last segment's folder up to the token's.
        let depth = 1 + target.rest.count { $0 == UInt8(ascii: "/") }
        ascent = String(repeating: "../", count: depth)
        remainder = "/" + Self.escaped(target.rest) + (target.query.isEmpty ? "" : "?" + Self.escaped(target.query))
    }

    /// The value of `Location` (RFC 9110 10.2.2).
    func text(_ session: PlaybackToken) -> String {
        ascent + session.rawValue + remainder
    }

    /// A field's value is visible ASCII; escapes of the viewer's stay as they are.
    private static func escaped(_ bytes: UnsafeRawBufferPointer) -> String {
        PercentEncoding.encode(bytes) { !(0x21...0x7E).contains($0) }
    }
}
