import StreamSigning

/// HMAC-SHA-256 (RFC 2104), which nothing but a forgery needs here.
enum HMAC {
    static func sha256(_ text: String, key: String) throws(KeyError) -> [UInt8] {
        let blockCount = 64
        var block = Array(key.utf8)
        if block.count > blockCount { block = try Digest.sha256(block) }
        block += [UInt8](repeating: 0, count: blockCount - block.count)
        let inner = try Digest.sha256(block.map { $0 ^ 0x36 } + Array(text.utf8))
        return try Digest.sha256(block.map { $0 ^ 0x5C } + inner)
    }
}
