internal import Properties
internal import StreamSigning

/// What holds of every text that is presented as a token.
enum TokenProperties {
    /// The viewers and paths that a token is tried for.
    private static let requests: [PlaybackRequest] = [
        PlaybackRequest(
            video: FixedKey.video, path: "manifest/video.m3u8", address: IPAddress("203.0.113.5"),
            country: try? CountryCode("GB")),
        PlaybackRequest(video: FixedKey.video, path: "downloads/default.mp4", address: IPAddress("2001:db8::5")),
        .insecureForAnyVideo(),
    ]

    private static let verifiers = [
        TokenVerifier(keys: FixedKey.keys),
        TokenVerifier(
            keys: FixedKey.keys,
            policy: VerificationPolicy(
                leeway: .seconds(60), maximumLifetime: .seconds(86_400), insecurelyAllowsMissingExpiry: true)),
    ]

    static func check(_ token: String) {
        let unverified = try? UnverifiedToken(readingWithoutVerification: token)
        if let unverified {
            require(SecondOpinion.isJSON(unverified.unverifiedHeader), "Foundation takes an accepted header for JSON")
            require(SecondOpinion.isJSON(unverified.unverifiedPayload), "Foundation takes an accepted payload for JSON")
        }
        for verifier in verifiers {
            for request in requests {
                guard let verified = decide(token, verifier, request) else { continue }
                checkVerified(verified, token: token, verifier: verifier, request: request)
                require(unverified != nil, "what is verified can be read")
                require(unverified?.unverifiedKeyID == verified.keyID.rawValue, "both readings see the key's id")
                require(unverified?.unverifiedSubject == verified.claims.video.rawValue, "both readings see the video")
                require(unverified?.unverifiedExpiry == verified.claims.expires, "both readings see the end")
            }
        }
    }

    /// Bytes that need not be UTF-8.
    static func check(bytes: [UInt8]) {
        for verifier in verifiers {
            let isGenuine = bytes.withUnsafeBufferPointer { (try? verifier.authenticate(utf8: $0)) != nil }
            require(!isGenuine || bytes.allSatisfy { $0 < 0x80 }, "a genuine token is ASCII")
        }
    }

    /// A token has one spelling: changed, it is refused.
    static func check(mutated bytes: [UInt8], of original: String) {
        check(bytes: bytes)
        for verifier in verifiers {
            let isGenuine = bytes.withUnsafeBufferPointer { (try? verifier.authenticate(utf8: $0)) != nil }
            require(isGenuine == bytes.elementsEqual(original.utf8), "a changed token is refused, and no other")
        }
    }

    /// - Returns: what verifying gives, if explaining agrees with it.
    private static func decide(
        _ token: String, _ verifier: TokenVerifier, _ request: PlaybackRequest
    ) -> VerifiedToken? {
        let explanation = verifier.explain(token, for: request, at: FixedKey.now)
        require(explanation.steps.map(\.check) == Check.allCases, "an explanation has each check once, in order")
        require(SecondOpinion.isJSON(explanation.json()), "an explanation's JSON is JSON")
        require(!explanation.description.isEmpty, "an explanation has a text")
        do {
            let verified = try verifier.verify(token, for: request, at: FixedKey.now)
            let verdict = explanation.verdict.map(\.description) ?? ""
            require(explanation.verdict == nil, "what is verified is explained as accepted, not \(verdict)")
            return verified
        } catch {
            let verdict = explanation.verdict?.description ?? "accepted"
            require(explanation.verdict == error, "verified as \(error), explained as \(verdict)")
            require(explanation.verdict?.message == error.message, "one message for one denial")
            require(token.utf8.count < 100 || !error.message.contains(token), "no message echoes a whole token")
            return nil
        }
    }

    private static func checkVerified(
        _ verified: VerifiedToken, token: String, verifier: TokenVerifier, request: PlaybackRequest
    ) {
        require(request.video == nil || verified.claims.video == request.video, "the video is the one asked for")
        guard verified.keyID == FixedKey.signing.id else { return }
        let signedText = token[..<(token.lastIndex(of: ".") ?? token.endIndex)]
        let signed = ReferenceSigner.shared.sign(String(signedText))
        require(signed.utf8.elementsEqual(token.utf8), "a token has one spelling")
        let again: PlaybackToken
        do throws(KeyError) {
            again = try TokenSigner(key: FixedKey.signing).sign(verified.claims)
        } catch {
            // A header without `kid` is shorter than ours, so a token at the limit may not fit a second time.
            require(error.code == .unsupported && token.utf8.count > 7000, "verified claims are signed: \(error)")
            return
        }
        let twice = requireSuccess("signed anew, a token is accepted as before") {
            try verifier.verify(again, for: request, at: FixedKey.now)
        }
        require(twice == verified, "signed anew, a token says the same")
    }
}
