import StreamSigning

/// The version of a public text, for `If-None-Match` (RFC 9110 8.8.3).
enum EntityTag {
    /// 128 bits of its SHA-256, as hexadecimal: enough to tell public texts apart.
    static func of(_ text: String) -> String {
        (try? Digest.sha256(Array(text.utf8))).map { Hex.encode(Array($0.prefix(16))) } ?? "\(text.utf8.count)"
    }
}
