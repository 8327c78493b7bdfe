internal import COpenSSLShim

/// PEM texts (RFC 7468), read and written by OpenSSL.
enum PEM {
    struct Block {
        let encoding: ss_encoding
        let der: SecretBytes

        var isPrivate: Bool { encoding == SS_PKCS1_PRIVATE || encoding == SS_PKCS8_PRIVATE }

        func makeKey(_ limits: KeyLimits) throws(KeyError) -> RSAKeyHandle {
            try RSAKeyHandle.import(encoding, der: der, limits: limits)
        }
    }

    private static let boundary = Array("-----BEGIN ".utf8)

    static func isPEM(_ text: UnsafeRawBufferPointer) -> Bool {
        firstBoundary(in: text) != nil
    }

    /// All blocks of the text, in order.
    static func blocks(in text: UnsafeRawBufferPointer) throws(KeyError) -> [Block] {
        guard !text.contains(0) else {
            throw KeyError(.malformed, "the PEM has NUL bytes: save it as plain ASCII or UTF-8 text")
        }
        guard var offset = firstBoundary(in: text) else {
            throw KeyError(.malformed, "not a PEM: there is no BEGIN line")
        }
        var blocks: [Block] = []
        while let block = try next(in: text, from: &offset) {
            blocks.append(block)
        }
        guard !blocks.isEmpty else { throw damaged(text) }
        return blocks
    }

    static func write(_ encoding: ss_encoding, der: SecretBytes) throws(KeyError) -> SecretBytes {
        try RSAKeyHandle.buffer { buffer, reason in
            der.withUnsafeBytes { ss_pem_write(encoding, ss_bytes(borrowing: $0), &buffer, &reason) }
        }
    }

    private static func next(in text: UnsafeRawBufferPointer, from offset: inout Int) throws(KeyError) -> Block? {
        var encoding = SS_SPKI_PUBLIC
        let der = try RSAKeyHandle.buffer { buffer, reason in
            ss_pem_next(ss_bytes(borrowing: text), &offset, &encoding, &buffer, &reason)
        }
        return der.count == 0 ? nil : Block(encoding: encoding, der: der)
    }

    private static func damaged(_ text: UnsafeRawBufferPointer) -> KeyError {
        if text.contains(UInt8(ascii: "\\")) {
            return KeyError(.malformed, "the PEM has the two characters \\n where its line ends should be")
        }
        return KeyError(.malformed, "the PEM is damaged: its lines do not hold together")
    }

    private static func firstBoundary(in text: UnsafeRawBufferPointer) -> Int? {
        guard text.count >= boundary.count else { return nil }
        return (0...text.count - boundary.count).first { start in
            text[start] == boundary[0] && text[start..<start + boundary.count].elementsEqual(boundary)
        }
    }
}
