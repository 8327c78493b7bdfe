/// What a verification needs of a JWS header (RFC 7515 4).
struct TokenHeader {
    enum Algorithm {
        case rs256
        case missing
        /// nil if it is not even a string.
        case other(String?)
    }

    enum KeyIDMember {
        case missing
        case notAString
        case text(String)
    }

    let algorithm: Algorithm
    let hasCritical: Bool
    let keyID: KeyIDMember

    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Denial) {
        if let keyID = Self.keyIDOfPlainForm(bytes) {
            (algorithm, hasCritical, self.keyID) = (.rs256, false, .text(keyID))
            return
        }
        let header: StrictJSON
        do {
            header = try StrictJSON(parsing: bytes)
        } catch {
            throw Denial(.tokenMalformed, "the token's header is not strict JSON: \(error.reason)")
        }
        guard header.root.kind == .object else {
            throw Denial(.tokenMalformed, "the token's header is not a JSON object")
        }
        algorithm =
            switch header.root["alg"] {
            case nil: .missing
            case let value? where value.isString("RS256"): .rs256
            case let value?: .other(value.string)
            }
        hasCritical = header.root["crit"] != nil
        keyID =
            switch header.root["kid"] {
            case nil: .missing
            case let value?: value.string.map { .text($0) } ?? .notAString
            }
    }

    /// The `kid` of `{"alg":"RS256","kid":"…"}`, the form in which we and Stream write every header, if it needs no
    /// unescaping. Such a text can be nothing but that one JSON object, so reading it as JSON would tell no more.
    private static func keyIDOfPlainForm(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let opening: StaticString = #"{"alg":"RS256","kid":""#
        let closing: StaticString = #""}"#
        let start = opening.utf8CodeUnitCount
        let end = bytes.count - closing.utf8CodeUnitCount
        guard end > start, UnsafeBufferPointer(rebasing: bytes[..<start]).isEqual(to: opening),
            UnsafeBufferPointer(rebasing: bytes[end...]).isEqual(to: closing)
        else { return nil }
        let keyID = UnsafeBufferPointer(rebasing: bytes[start..<end])
        guard JSONString.plainCount(keyID, from: 0) == keyID.count else { return nil }
        return String(decoding: keyID, as: UTF8.self)
    }
}
