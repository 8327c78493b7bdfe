internal import Properties
internal import StreamSigning

/// Batches: what a batch says of each of its tokens is what the verifier says of it alone.
///
/// Each four bytes are a token: which good one it begins as, what is done to it, a place, and a character.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzBatch(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    withFuzzedInput(start, count) { input in
        let tokens = stride(from: 0, to: min(input.count, 4 * 40) - 3, by: 4).map { index in
            changed(input[index], place: input[index + 1], by: input[index + 2], input[index + 3])
        }
        let together = verifier.verify(tokens, for: request, at: FixedKey.now)
        require(together.count == tokens.count, "there is a verdict on each token")
        for (token, verdict) in zip(tokens, together) {
            let alone = Result { () throws(Denial) in try verifier.verify(token, for: request, at: FixedKey.now) }
            require(alone == verdict, "a batch decides as the verifier does alone: \(token)")
        }
    }
}

private let request = PlaybackRequest(video: FixedKey.video)

/// The key of RFC 7515 A.2, as the other key that signs.
private let verifier = requireSuccess("both keys make a verifier") {
    TokenVerifier(keys: try FixedKey.keys.union(KeySet([FixedKey.published.verificationKey])))
}

/// Of both keys, and of either under the other's id.
private let good = requireSuccess("the fixed keys sign") {
    try [
        TokenSigner(key: FixedKey.signing).sign(FixedKey.claims).rawValue,
        TokenSigner(key: FixedKey.published).sign(FixedKey.claims).rawValue,
        TokenSigner(key: SigningKey(importing: FixedKey.signing.pem().reveal(), id: FixedKey.published.id))
            .sign(FixedKey.claims).rawValue,
        TokenSigner(key: SigningKey(importing: FixedKey.published.pem().reveal(), id: FixedKey.signing.id))
            .sign(FixedKey.claims).rawValue,
    ]
}

/// - Parameters:
///   - choice: two bits for the token, two for the change.
///   - place: within the signature, from its end; or, of a choice above 127, within the whole token.
private func changed(_ choice: UInt8, place: UInt8, by low: UInt8, _ character: UInt8) -> String {
    var bytes = Array(good[Int(choice & 3)].utf8)
    let offset = choice < 128 ? Int(place) : Int(place) << 8 | Int(low)
    let position = bytes.count - 1 - offset % bytes.count
    switch choice >> 2 & 3 {
    case 0: break
    case 1: bytes[position] = character
    case 2: bytes.insert(character, at: position)
    default: bytes.removeLast(bytes.count - position)
    }
    return String(decoding: bytes, as: UTF8.self)
}
