import StreamSigning
import Testing

@Suite("Tokens in batches")
struct TokenBatchTests {
    @Test("are the same as one by one, in the order of their claims", arguments: [0, 1, 3, 4, 8, 9, 33])
    func signing(count: Int) throws {
        let signer = TokenSigner(key: try TestKeys.first())
        var random = RandomClaims(seed: 12)
        let claims = try (0..<count).map { _ in try random.claims() }
        #expect(try signer.signBatch(claims) == claims.map { try signer.sign($0) })
    }

    @Test("are not made at all if one of them would be too long")
    func tooLong() throws {
        let signer = TokenSigner(key: try SigningKey(importing: TestKeys.second().pem().reveal(), id: KeyID("k")))
        let good = try PlaybackClaims(video: VideoID("a"), expires: ForgedToken.expiry)
        let networks = try (0..<500).map { try IPNetwork("192.0.\($0 / 256).\($0 % 256)") }
        let long = try PlaybackClaims(
            video: VideoID("b"), expires: ForgedToken.expiry, rules: [.allow(.addresses(networks))])
        let error = #expect(throws: KeyError.self) { try signer.signBatch([good, good, long, good, good]) }
        #expect(error?.code == .unsupported)
    }

    @Test("each get their own verdict, whatever stands beside them")
    func verdicts() throws {
        let (first, second) = (try TestKeys.first(), try TestKeys.second())
        let verdicts = Verdicts(
            keys: try KeySet([first.verificationKey, second.verificationKey]),
            request: PlaybackRequest(video: try VideoID(ForgedToken.video)))
        let good = try [first, second].map { try ForgedToken(key: $0).signed(by: $0) }
        let expired = try ForgedToken(key: first, payload: ",\"exp\":1").signed(by: first)
        let tokens = [
            good[0], "", good[1], "a.b.c", try ForgedToken(key: first).signed(by: second), expired,
            String(repeating: "a", count: PlaybackToken.maximumCount + 1), good[0],
            String(good[1].dropLast(4) + "AAAA"),
            good[0] + "AAAA", good[1], good[0] + "é",
        ]
        let codes: [Denial.Code?] = [
            nil, .tokenMissing, nil, .tokenMalformed, .signatureInvalid, .expired, .tokenTooLarge, nil,
            .signatureInvalid, .signatureInvalid, nil, .tokenMalformed,
        ]
        let results = verdicts.verifier.verify(tokens, for: verdicts.request, at: verdicts.now)
        #expect(results.count == tokens.count)
        for (index, result) in results.enumerated() {
            let denial: Denial? = if case .failure(let denial) = result { denial } else { nil }
            #expect(denial?.code == codes[index], "token \(index)")
            #expect(denial == verdicts.denial(of: tokens[index]))
        }
    }

    @Test("of no tokens there are no verdicts")
    func empty() throws {
        #expect(try Verdicts.standard().verifier.authenticate([]).isEmpty)
    }
}
