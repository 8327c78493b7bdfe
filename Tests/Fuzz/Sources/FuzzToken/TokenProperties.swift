internal import Properties
internal import StreamSigning

/// What holds of every text that is presented as a token.
enum TokenProperties {
    /// A decision to be made: by which verifier, for which viewer and path.
    private struct Trial {
        let verifier: TokenVerifier
        let request: PlaybackRequest
    }

    private static let trials = [
        Trial(
            verifier: strict,
            request: PlaybackRequest(
                video: FixedKey.video, path: "manifest/video.m3u8", address: IPAddress("203.0.113.5"),
                country: try? CountryCode("GB"))),
        Trial(
            verifier: strict,
            request: PlaybackRequest(
                video: FixedKey.video, path: "downloads/default.mp4", address: IPAddress("2001:db8::5"))),
        Trial(verifier: lenient, request: .insecureForAnyVideo()),
    ]

    private static let strict = TokenVerifier(keys: FixedKey.keys)
    private static let lenient = TokenVerifier(
        keys: FixedKey.keys,
        policy: VerificationPolicy(
            leeway: .seconds(60), maximumLifetime: .seconds(86_400), insecurelyAllowsMissingExpiry: true))

    static func check(_ token: String) {
        let unverified = try? UnverifiedToken(readingWithoutVerification: token)
        if let unverified {
            require(SecondOpinion.isJSON(unverified.unverifiedHeader), "Foundation takes an accepted header for JSON")
            require(SecondOpinion.isJSON(unverified.unverifiedPayload), "Foundation takes an accepted payload for JSON")
        }
        for trial in trials {
            guard let verified = decide(token, trial) else { continue }
            checkVerified(verified, token: token, trial)
            require(unverified != nil, "what is verified can be read")
            require(unverified?.unverifiedKeyID == verified.keyID.rawValue, "both readings see the key's id")
            require(unverified?.unverifiedSubject == verified.claims.video.rawValue, "both readings see the video")
            require(unverified?.unverifiedExpiry == verified.claims.expires, "both readings see the end")
        }
    }

    /// Bytes that need not be UTF-8.
    static func check(bytes: [UInt8]) {
        require(!isGenuine(bytes) || bytes.allSatisfy { $0 < 0x80 }, "a genuine token is ASCII")
    }

    /// A token has one spelling: changed, it is refused.
    static func check(mutated bytes: [UInt8], of original: String) {
        require(isGenuine(bytes) == bytes.elementsEqual(original.utf8), "a changed token is refused, and no other")
    }

    private static func isGenuine(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { (try? strict.authenticate(utf8: $0)) != nil }
    }

    /// - Returns: what verifying gives, if explaining agrees with it.
    private static func decide(_ token: String, _ trial: Trial) -> VerifiedToken? {
        let explanation = trial.verifier.explain(token, for: trial.request, at: FixedKey.now)
        require(explanation.steps.map(\.check) == Check.allCases, "an explanation has each check once, in order")
        require(SecondOpinion.isJSON(explanation.json()), "an explanation's JSON is JSON")
        require(!explanation.description.isEmpty, "an explanation has a text")
        do {
            let verified = try trial.verifier.verify(token, for: trial.request, at: FixedKey.now)
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

    private static func checkVerified(_ verified: VerifiedToken, token: String, _ trial: Trial) {
        let video = trial.request.video
        require(video == nil || verified.claims.video == video, "the video is the one asked for")
        guard verified.keyID == FixedKey.signing.id else { return }
        let signedText = token[..<(token.lastIndex(of: ".") ?? token.endIndex)]
        let signed = ReferenceSigner.shared.sign(String(signedText))
        require(signed.utf8.elementsEqual(token.utf8), "a token has one spelling")
        let again: PlaybackToken
        do throws(KeyError) {
            again = try TokenSigner(key: FixedKey.signing).sign(verified.claims)
        } catch {
            // A header without `kid` is shorter than ours, and `\n` is written as `\u000a`: what is signed again may have up to
            // three times the bytes.
            require(error.code == .unsupported && token.utf8.count > 2500, "verified claims are signed: \(error)")
            return
        }
        let twice = requireSuccess("signed again, a token is accepted as before") {
            try trial.verifier.verify(again, for: trial.request, at: FixedKey.now)
        }
        require(twice == verified, "signed again, a token says the same")
    }
}
