public import StreamSigning

extension PlaybackToken {
    /// This token, tampered with.
    ///
    /// ```swift
    /// let forged = try token.tampered(.videoReplaced)
    /// #expect(forged.playback(of: video, at: now) == .refused(.signatureInvalid))
    /// ```
    /// - Parameters:
    ///   - tampering: how.
    ///   - key: the key that signed this token, with which some tampered tokens are signed again; nil for
    ///     ``SigningKey/testKey``.
    /// - Throws: `Denial` if this is not a token to begin with, `KeyError` if OpenSSL fails.
    public func tampered(_ tampering: Tampering, key: SigningKey? = nil) throws -> PlaybackToken {
        let key = if let key { key } else { try SigningKey.testKey }
        let token = try CompactToken(self)
        switch tampering {
        case .videoReplaced, .expiryExtended, .downloadableFlipped, .rulesOpened, .payloadBitFlipped:
            return tampering.changeClaims(of: token).joined
        case .signatureBitFlipped, .signatureCut, .signatureRemoved, .signedByOtherKey, .keyEmbedded:
            return try tampering.changeSignature(of: token).joined
        case .algorithmNone, .algorithmHS256, .criticalHeader, .keyIDMissing, .keyIDMismatched, .keyIDUnknown:
            return try tampering.changeHeader(of: token, key: key).joined
        case .emptied, .truncated, .padded, .lineBreakAppended, .headerBitFlipped, .oversized:
            return PlaybackToken(rawValue: try tampering.damage(token, key: key))
        case .forOtherVideo, .expired, .notYetValid, .expiryRemoved, .expiryInMilliseconds, .videoRemoved,
            .videoDoubled, .ruleUnknown:
            return try tampering.changeClaims(of: token).signed(by: key).joined
        }
    }
}

extension Tampering {
    /// Changes the payload alone; the signature is whatever it was.
    fileprivate func changeClaims(of token: CompactToken) -> CompactToken {
        var token = token
        let expires = token.expires ?? 0
        switch self {
        case .videoReplaced, .forOtherVideo: token.payload["sub"] = Self.other(than: token.payload["sub"])
        case .expiryExtended: token.payload["exp"] = "\(expires + 3600)"
        case .downloadableFlipped:
            token.payload["downloadable"] = token.payload["downloadable"] == "true" ? nil : "true"
        case .rulesOpened:
            let open = #"[{"type":"any","action":"allow"}]"#
            token.payload["accessRules"] = token.payload["accessRules"] == open ? "[]" : open
        case .payloadBitFlipped: token.payload["sub"]?.flipBitOfLastCharacter()
        case .expired:
            token.payload["nbf"] = nil
            token.payload["exp"] = "1"
        case .notYetValid:
            token.payload["nbf"] = "\(NumericDate.latest.seconds - 1)"
            token.payload["exp"] = "\(NumericDate.latest.seconds)"
        case .expiryRemoved: token.payload["exp"] = nil
        case .expiryInMilliseconds: token.payload["exp"] = "\(max(expires, 1_000_000_000) * 1000)"
        case .videoRemoved: token.payload["sub"] = nil
        case .videoDoubled: token.payload.append("sub", Self.other(than: token.payload["sub"]))
        case .ruleUnknown: token.payload["accessRules"] = #"[{"type":"ip.asn","action":"block","asn":[64496]}]"#
        default: break
        }
        return token
    }

    fileprivate func changeSignature(of token: CompactToken) throws -> CompactToken {
        var token = token
        switch self {
        case .signatureBitFlipped: token.signature[token.signature.count / 2] ^= 1
        case .signatureCut: token.signature.removeLast(token.signature.count / 2)
        case .signatureRemoved: token.signature = []
        case .keyEmbedded:
            token.header["jwk"] = try SigningKey.otherTestKey.verificationKey.jwk()
            token = try token.signed(by: .otherTestKey)
        default: token = try token.signed(by: .otherTestKey)
        }
        return token
    }

    fileprivate func changeHeader(of token: CompactToken, key: SigningKey) throws -> CompactToken {
        var token = token
        switch self {
        case .algorithmNone:
            token.header["alg"] = #""none""#
            token.signature = []
            return token
        case .algorithmHS256:
            token.header["alg"] = #""HS256""#
            token.signature = try HMAC.sha256(token.signedText, key: key.verificationKey.pem())
            return token
        case .criticalHeader:
            token.header["crit"] = #"["exp"]"#
        case .keyIDMissing:
            token.header["kid"] = nil
            token.payload["kid"] = nil
        case .keyIDMismatched:
            token.header["kid"] = key.id.rawValue.json
            token.payload["kid"] = Self.unknownKeyID
        default:
            token.header["kid"] = Self.unknownKeyID
            token.payload["kid"] = Self.unknownKeyID
        }
        return try token.signed(by: key)
    }

    fileprivate func damage(_ token: CompactToken, key: SigningKey) throws -> String {
        switch self {
        case .emptied: return ""
        case .truncated: return token.signedText
        case .padded: return token.joined.rawValue + "="
        case .lineBreakAppended: return token.joined.rawValue + "\n"
        case .oversized:
            var token = token
            token.payload["padding"] = "\"" + String(repeating: "x", count: PlaybackToken.maximumCount) + "\""
            return try token.signed(by: key).joined.rawValue
        default:
            var bytes = Array(token.header.text.utf8)
            bytes[0] ^= 1
            return [
                Base64.url.encode(bytes), Base64.url.encode(Array(token.payload.text.utf8)),
                Base64.url.encode(token.signature),
            ]
            .joined(separator: ".")
        }
    }

    private static func other(than video: String?) -> String {
        let other = #""00000000000000000000000000007e57""#
        return video == other ? #""00000000000000000000000000007e58""# : other
    }

    private static let unknownKeyID = #""7e570000000000000000000000000000""#
}

extension String {
    /// Of JSON text that ends in a quotation mark: the character before it. Every character of a video id, with its lowest
    /// bit the other way round, is still one that a JSON string may hold as it is.
    fileprivate mutating func flipBitOfLastCharacter() {
        var bytes = Array(utf8)
        guard bytes.count > 2 else { return }
        bytes[bytes.count - 2] ^= 1
        self = String(decoding: bytes, as: UTF8.self)
    }
}
