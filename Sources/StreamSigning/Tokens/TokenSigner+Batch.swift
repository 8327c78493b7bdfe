internal import COpenSSLShim

extension TokenSigner {
    /// Signs on the calling thread, eight tokens at a time where ``MultiBufferRSA`` allows it. The tokens are in the order of
    /// their claims, and the same that ``sign(_:)-(PlaybackClaims)`` makes.
    ///
    /// - Parameter claims: any number; from four on it is faster than one by one.
    /// - Throws: ``KeyError``, as ``sign(_:)-(PlaybackClaims)`` does; then no token is returned.
    public func signBatch(_ claims: [PlaybackClaims]) throws(KeyError) -> [PlaybackToken] {
        let results = Self.sign(claims.map { (self, $0) })
        return try results.map { result throws(KeyError) in try result.get() }
    }

    /// As ``signBatch(_:)``, with a signer for each token: what cannot be signed does not keep back the others.
    package static func sign(
        _ orders: [(signer: TokenSigner, claims: PlaybackClaims)]
    ) -> [Result<PlaybackToken, KeyError>] {
        guard orders.count > 1 else {
            return orders.map { order in
                Result { () throws(KeyError) in try order.signer.sign(order.claims) }
            }
        }
        var texts = SignedTexts()
        let places = orders.map { order in
            Result { () throws(KeyError) in try texts.append(order.claims, by: order.signer) }
        }
        do throws(KeyError) {
            try texts.sign()
        } catch {
            return places.map { place in place.flatMap { _ in .failure(error) } }
        }
        return places.map { place in place.map { texts.token(at: $0) } }
    }
}

/// The signed texts of a batch, one after the other, and their signatures.
private struct SignedTexts {
    private struct Entry {
        let key: RSAKeyHandle
        let text: Range<Int>
        let signature: Range<Int>
    }

    private var entries: [Entry] = []
    private var texts: [UInt8] = []
    private var signatures: [UInt8] = []

    /// - Returns: the place of the token.
    mutating func append(_ claims: PlaybackClaims, by signer: TokenSigner) throws(KeyError) -> Int {
        var writer = JSONWriter(reserving: 256)
        claims.write(keyID: signer.key.id, into: &writer)
        let payload = writer.bytes
        let start = texts.count
        let end = start + (try signer.signedCount(ofPayload: payload.count))
        texts += signer.head
        texts += repeatElement(0, count: end - texts.count)
        texts.withUnsafeMutableBufferPointer { texts in
            guard let text = texts.baseAddress else { return }
            payload.withUnsafeBytes { Base64.url.encode($0, into: text + start + signer.head.count) }
        }
        let key = signer.key.handle
        let place = entries.last?.signature.upperBound ?? 0
        entries.append(Entry(key: key, text: start..<end, signature: place..<place + key.signatureCount))
        return entries.count - 1
    }

    mutating func sign() throws(KeyError) {
        signatures = [UInt8](repeating: 0, count: entries.last?.signature.upperBound ?? 0)
        let result = signatures.withUnsafeMutableBytes { signatures in
            texts.withUnsafeBytes { texts in
                let items = entries.map { entry in
                    entry.key.signing(
                        UnsafeRawBufferPointer(rebasing: texts[entry.text]),
                        into: UnsafeMutableRawBufferPointer(rebasing: signatures[entry.signature]))
                }
                return withExtendedLifetime(entries) {
                    Result { () throws(KeyError) in try RS256Batch.sign(items) }
                }
            }
        }
        try result.get()
    }

    func token(at place: Int) -> PlaybackToken {
        let entry = entries[place]
        let count = entry.text.count + 1 + Base64.url.encodedCount(entry.signature.count)
        let text = String(unsafeUninitializedCapacity: count) { text in
            guard let start = text.baseAddress else { return 0 }
            texts.withUnsafeBytes { texts in
                UnsafeMutableRawBufferPointer(text).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: texts[entry.text]))
            }
            start[entry.text.count] = UInt8(ascii: ".")
            signatures.withUnsafeBytes { signatures in
                Base64.url.encode(
                    UnsafeRawBufferPointer(rebasing: signatures[entry.signature]), into: start + entry.text.count + 1)
            }
            return count
        }
        return PlaybackToken(rawValue: text)
    }
}
