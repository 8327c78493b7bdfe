internal import StreamSigning

/// The outcome of a verification that accepted: one line for a person, or an object for a program.
struct Acceptance {
    let token: VerifiedToken
    let now: NumericDate

    private var claims: PlaybackClaims { token.claims }

    /// `accepted: video …, key …, expires in 1 h (2030-01-01T00:00:00Z)`
    var text: String {
        var text = "accepted: video "
        text += claims.video.rawValue
        text += ", key "
        text += token.keyID.rawValue
        text += claims.expires.map { ", expires \($0.relative(to: now))" } ?? ", never expires"
        if let start = claims.notBefore { text += ", valid since \(start)" }
        for detail in claims.terms.details { text += ", " + detail }
        if !claims.rules.isEmpty { text += ", rules: " + claims.rules.map(\.description).joined(separator: "; ") }
        return text
    }

    var json: String {
        var object = JSONWriter()
        object.object {
            $0.member("accepted", true)
            $0.member("video", claims.video.rawValue)
            $0.member("key_id", token.keyID.rawValue)
            $0.member("expires", claims.expires)
            $0.member("not_before", claims.notBefore)
            $0.member("downloadable", claims.isDownloadable)
            $0.member("original", claims.wantsOriginal)
            $0.name("access_rules")
            $0.array { rules in
                for rule in claims.rules { rules.string(rule.description) }
            }
            claims.terms.report(into: &$0)
        }
        return String(decoding: object.bytes, as: UTF8.self)
    }
}

extension NumericDate {
    /// `in 1 h 59 min (2030-01-01T00:00:00Z)`
    func relative(to now: NumericDate) -> String {
        self > now ? "in \((self - now).humanText) (\(self))" : "\((now - self).humanText) ago (\(self))"
    }
}
