internal import Properties
internal import StreamSigning

/// Tokens: whole, by their parts, and changed after they were signed.
///
/// The first byte says what the others are: `P` a payload, which is signed; `H` a header, a line feed and a payload,
/// which are signed; `M` changes to a good token. Otherwise all of them are the token.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzToken(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    withFuzzedInput(start, count) { input in
        let rest = input.dropFirst()
        switch input.first {
        case UInt8(ascii: "P"):
            TokenProperties.check(ReferenceSigner.shared.token(header: header, payload: rest))
        case UInt8(ascii: "H"):
            let parts = rest.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return }
            TokenProperties.check(ReferenceSigner.shared.token(header: parts[0], payload: parts[1]))
        case UInt8(ascii: "M"):
            TokenProperties.check(mutated: mutate(goodToken, by: Array(rest)), of: goodToken)
        default:
            TokenProperties.check(bytes: input)
            if let text = String(validating: input, as: UTF8.self) {
                TokenProperties.check(text)
            }
        }
    }
}

private let header = Array(#"{"alg":"RS256","kid":"8f926b2b01f383510025a78a4dcbf6a1"}"#.utf8)

private let goodToken = requireSuccess("the fixed key signs") {
    try TokenSigner(key: FixedKey.signing).sign(FixedKey.claims).rawValue
}

/// Each three bytes are a place and what is put there: in its stead, or before it if the place's top bit is set.
private func mutate(_ token: String, by changes: [UInt8]) -> [UInt8] {
    var bytes = Array(token.utf8)
    for index in stride(from: 0, to: changes.count - 2, by: 3) {
        let place = Int(changes[index]) << 8 | Int(changes[index + 1])
        let position = (place & 0x7FFF) % bytes.count
        if place & 0x8000 == 0 {
            bytes[position] = changes[index + 2]
        } else {
            bytes.insert(changes[index + 2], at: position)
        }
    }
    return bytes
}
