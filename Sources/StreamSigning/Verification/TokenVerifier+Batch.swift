internal import COpenSSLShim

extension TokenVerifier {
    /// Verifies several tokens on the calling thread, eight signatures at a time where ``MultiBufferRSA`` allows it. Each verdict
    /// is the one that ``verify(_:for:at:)-(String,_,_)`` gives, in the order of the tokens.
    ///
    /// ```swift
    /// for result in verifier.verify(tokens, for: PlaybackRequest(video: video), at: NumericDate(Date())) {
    ///     if case .failure(let denial) = result { print(denial) }
    /// }
    /// ```
    /// - Parameters:
    ///   - tokens: the texts as presented, any number of them; some dozens make a good batch.
    ///   - request: what all of them are presented for.
    ///   - now: the time at which they have to be good.
    public func verify(
        _ tokens: [String], for request: PlaybackRequest, at now: NumericDate
    ) -> [Result<VerifiedToken, Denial>] {
        authenticate(tokens).map { authenticated in
            Result { () throws(Denial) in try admit(authenticated.get(), for: request, at: now) }
        }
    }

    /// As ``verify(_:for:at:)-([String],_,_)``, without what depends on request and time; see ``authenticate(_:)-(String)``.
    public func authenticate(_ tokens: [String]) -> [Result<AuthenticatedToken, Denial>] {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        for token in tokens {
            bytes += token.utf8
            ends.append(bytes.count)
        }
        return bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            let texts = ends.map { end in
                defer { start = end }
                return UnsafeBufferPointer(rebasing: bytes[start..<end])
            }
            return Self.authenticate(utf8: texts) { _, id in keys.standing(of: id) }
        }
    }

    /// As ``authenticate(_:)-([String])``, for code with more keys, or with faster news of changes, than a ``KeySet`` suits.
    /// - Parameter standing: of a key that the text of this index names.
    package static func authenticate(
        utf8 texts: [UnsafeBufferPointer<UInt8>], standing: (_ index: Int, KeyID) -> KeyStanding
    ) -> [Result<AuthenticatedToken, Denial>] {
        AuthenticityChecks.run(texts, standing: standing)
    }
}

extension AuthenticityChecks {
    /// The checks of several tokens: all are read, then all signatures are checked together, then the claims.
    fileprivate static func run(
        _ texts: [UnsafeBufferPointer<UInt8>], standing: (_ index: Int, KeyID) -> KeyStanding
    ) -> [Result<AuthenticatedToken, Denial>] {
        let capacities = texts.map {
            DecodedToken.denial(ofCount: $0.count) == nil ? DecodedToken.capacity($0.count) : 0
        }
        let scratch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacities.reduce(0, +))
        defer { scratch.deallocate() }
        var rest = scratch[...]
        let readables = texts.indices.map { index in
            let part = UnsafeMutableBufferPointer(rebasing: rest.prefix(capacities[index]))
            rest = rest.dropFirst(part.count)
            return Result { () throws(Denial) in
                try read(texts[index], into: part) { standing(index, $0) }
            }
        }
        var signatures = readables.compactMap { try? $0.get().signature }
        withExtendedLifetime(readables) { RS256Batch.verify(&signatures) }
        var outcomes = signatures.makeIterator()
        return readables.enumerated().map { index, readable in
            Result { () throws(Denial) in
                let readable = try readable.get()
                let isValid = readable.key != nil && outcomes.next()?.status == SS_OK
                try runSignature(readable, recorder: FirstDenial()) { _, _ in isValid }
                return try AuthenticatedToken(
                    runClaims(readable, standing: { standing(index, $0) }, recorder: FirstDenial()))
            }
        }
    }

    private static func read(
        _ text: UnsafeBufferPointer<UInt8>, into scratch: UnsafeMutableBufferPointer<UInt8>,
        standing: (KeyID) -> KeyStanding
    ) throws(Denial) -> Readable {
        let decoded = Result { () throws(Denial) in
            if let denial = DecodedToken.denial(ofCount: text.count) { throw denial }
            return try DecodedToken(decoding: text, into: scratch)
        }
        let readable = try read(decoded, count: text.count, standing: standing, recorder: FirstDenial())
        guard let readable else { throw Denial(.tokenMalformed, "the token could not be read") }
        return readable
    }
}

extension AuthenticityChecks.Readable {
    /// Its signature, to be verified with others.
    fileprivate var signature: ss_rs256_verification? {
        key?.handle.verification(
            of: UnsafeRawBufferPointer(token.signature), for: UnsafeRawBufferPointer(token.signedText))
    }
}
