internal import FoundationEssentials
internal import JWTKit
internal import StreamSigning

/// The payload of a playback token as a user of jwt-kit writes it.
private struct JWTKitClaims: JWTPayload {
    var sub: SubjectClaim
    var kid: String
    var exp: ExpirationClaim
    var nbf: NotBeforeClaim

    func verify(using algorithm: some JWTAlgorithm) throws {
        try exp.verifyNotExpired(currentDate: Subject.now.date)
        try nbf.verifyNotBefore(currentDate: Subject.now.date)
    }
}

/// The same key, claims and token in jwt-kit's hands.
private struct JWTKitSubject {
    let keys: JWTKeyCollection
    let kid: JWKIdentifier
    let claims: JWTKitClaims
    let video: String
    let token: String

    init(_ subject: Subject) async throws {
        kid = JWKIdentifier(string: subject.key.id.rawValue)
        keys = JWTKeyCollection()
        let key = try Insecure.RSA.PrivateKey(pem: subject.key.pem(.pkcs1).reveal())
        await keys.add(rsa: key, digestAlgorithm: .sha256, kid: kid)
        video = subject.claims.video.rawValue
        claims = JWTKitClaims(
            sub: SubjectClaim(value: video), kid: subject.key.id.rawValue,
            exp: ExpirationClaim(value: (Subject.now + .seconds(3600)).date),
            nbf: NotBeforeClaim(value: (Subject.now - .seconds(60)).date))
        token = subject.token.rawValue
    }

    func sign(times: Int) async throws {
        for _ in 0..<times {
            _ = try await keys.sign(claims, kid: kid)
        }
    }

    func verify(times: Int) async throws {
        for _ in 0..<times {
            guard try await keys.verify(token, as: JWTKitClaims.self).sub.value == video else {
                throw MeasurementFailure("jwt-kit read another video")
            }
        }
    }
}

extension Measurement {
    /// Signing, against jwt-kit.
    static let jwtKitSigning = Measurement("sign.one_thread.ratio_to_jwtkit", "sign.one_thread.jwtkit_rate") {
        let subject = try Subject.plain.get()
        let other = try await JWTKitSubject(subject)
        let comparison = try await Comparison {
            try Pace.measure(batch: 20) { try subject.sign(times: $0) }
        } right: {
            try await Pace.measure(batch: 20) { try await other.sign(times: $0) }
        }
        return [
            Figure("sign.one_thread.ratio_to_jwtkit", rounds: comparison.ratios, unit: "ratio"),
            Figure("sign.one_thread.jwtkit_rate", rounds: comparison.right, unit: "/s"),
        ]
    }

    /// Verification of the same token, against jwt-kit.
    static let jwtKitVerification = Measurement("verify.one_thread.ratio_to_jwtkit", "verify.one_thread.jwtkit_rate") {
        let subject = try Subject.plain.get()
        let other = try await JWTKitSubject(subject)
        let comparison = try await Comparison {
            try Pace.measure(batch: 200) { try subject.verify(times: $0) }
        } right: {
            try await Pace.measure(batch: 200) { try await other.verify(times: $0) }
        }
        return [
            Figure("verify.one_thread.ratio_to_jwtkit", rounds: comparison.ratios, unit: "ratio", bound: .atLeast(2)),
            Figure("verify.one_thread.jwtkit_rate", rounds: comparison.right, unit: "/s"),
        ]
    }
}
