import NIOHTTP1
import StreamSigningHTTP
import StreamSigningWire

extension HTTPAnswer {
    /// An answer of the API. It may hold key material, so no cache may store it.
    static func envelope(
        _ bytes: [UInt8], status: HTTPResponseStatus = .ok, fields: [(name: StaticString, value: String)] = []
    ) -> HTTPAnswer {
        HTTPAnswer(status, .bytes(bytes), fields, lines: envelopeLines)
    }

    private static let envelopeLines = FieldLines([
        ("Content-Type", "application/json"), ("Cache-Control", "no-store"),
    ])

    /// A refusal in the API's envelope.
    static func refusal(_ error: APIError) -> HTTPAnswer {
        envelope(Envelope.failure(error.errors), status: error.status, fields: error.fields)
    }
}
