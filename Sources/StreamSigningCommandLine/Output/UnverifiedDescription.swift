internal import StreamSigning

/// What an unverified token says, for a person or a program.
struct UnverifiedDescription {
    let token: UnverifiedToken
    let now: NumericDate

    var text: String {
        var lines = [
            "header", IndentedJSON.text(token.unverifiedHeader), "payload", IndentedJSON.text(token.unverifiedPayload),
            "signature  \(token.signatureCount) bytes, not checked",
        ]
        if let expiry = token.unverifiedExpiry {
            lines.append("\(expiry > now ? "expires" : "expired")    \(expiry.relative(to: now))")
        }
        if let start = token.unverifiedNotBefore {
            lines.append("valid from \(start.relative(to: now))")
        }
        return lines.joined(separator: "\n")
    }

    var json: String {
        var object = JSONWriter()
        object.object {
            $0.member("verified", false)
            $0.name("header")
            $0.raw(IndentedJSON.compact(token.unverifiedHeader))
            $0.name("payload")
            $0.raw(IndentedJSON.compact(token.unverifiedPayload))
            $0.member("signature_bytes", token.signatureCount)
            $0.member("expires", token.unverifiedExpiry)
            $0.member("not_before", token.unverifiedNotBefore)
        }
        return String(decoding: object.bytes, as: UTF8.self)
    }
}
