/// The three segments of a compact JWS (RFC 7515 7.1), decoded once into one buffer.
struct DecodedToken {
    let header: UnsafeBufferPointer<UInt8>
    let payload: UnsafeBufferPointer<UInt8>
    let signature: UnsafeBufferPointer<UInt8>
    /// The text the signature is over.
    let signedText: UnsafeBufferPointer<UInt8>

    /// Header, payload and signature.
    private static let segmentCount = 3

    /// Decodes `text` and lends the result; none of its pointers may leave `body`.
    static func with<Value>(
        _ text: UnsafeBufferPointer<UInt8>, _ body: (Result<DecodedToken, Denial>) throws(Denial) -> Value
    ) throws(Denial) -> Value {
        if let denial = denial(ofCount: text.count) { return try body(.failure(denial)) }
        let result = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity(text.count)) { scratch in
            Result { () throws(Denial) in
                try body(Result { () throws(Denial) in try DecodedToken(decoding: text, into: scratch) })
            }
        }
        return try result.get()
    }

    /// Why a text of so many bytes cannot be a token.
    static func denial(ofCount count: Int) -> Denial? {
        guard count > 0 else { return Denial(.tokenMissing, "there is no token") }
        let limit = PlaybackToken.maximumCount
        guard count <= limit else {
            return Denial(.tokenTooLarge, "the token has more than \(limit) bytes")
        }
        return nil
    }

    /// The most bytes that the segments of so long a text hold.
    static func capacity(_ count: Int) -> Int {
        Base64.url.decodedCapacity(count, texts: segmentCount)
    }

    /// - Parameters:
    ///   - text: neither empty nor too long.
    ///   - scratch: has room for ``capacity(_:)``, and outlives the value, as does the text.
    init(
        decoding text: UnsafeBufferPointer<UInt8>, into scratch: UnsafeMutableBufferPointer<UInt8>
    ) throws(Denial) {
        guard text.first != UInt8(ascii: "{") else { throw Self.json(text) }
        let dot = UInt8(ascii: ".")
        guard let first = text.firstIndex(of: dot, from: 0), let second = text.firstIndex(of: dot, from: first + 1),
            text.firstIndex(of: dot, from: second + 1) == nil, var output = scratch.baseAddress
        else {
            throw Self.notThreeSegments(text)
        }
        func segment(_ range: Range<Int>, _ name: StaticString) throws(Denial) -> UnsafeBufferPointer<UInt8> {
            guard let count = Base64.url.decode(UnsafeBufferPointer(rebasing: text[range]), into: output) else {
                throw Denial(.tokenMalformed, "the token's \(name) is not base64url without padding")
            }
            defer { output += count }
            return UnsafeBufferPointer(start: output, count: count)
        }
        header = try segment(0..<first, "header")
        payload = try segment(first + 1..<second, "payload")
        signature = try segment(second + 1..<text.count, "signature")
        signedText = UnsafeBufferPointer(rebasing: text[..<second])
    }

    private static func json(_ text: UnsafeBufferPointer<UInt8>) -> Denial {
        let isJWS = text.firstIndex(of: "\"payload\"", from: 0) != nil
        return isJWS
            ? Denial(
                .tokenMalformed,
                "a JWS in JSON serialization: a token is the compact one, `protected`, `payload` and `signature` with dots between"
            )
            : Denial(.tokenMalformed, "this is JSON, not a token")
    }

    private static func notThreeSegments(_ text: UnsafeBufferPointer<UInt8>) -> Denial {
        let isVideoID = VideoID(sub: text) != nil
        return isVideoID
            ? Denial(.tokenMalformed, "this may be a video id, but it is not a token: a signed token goes in its place")
            : Denial(.tokenMalformed, "a token has three segments with a dot between them")
    }
}
