internal import COpenSSLShim

/// What a text is by its first bytes, with at most one wrapping removed: a byte order mark, quotes, or base64.
enum KeyText {
    case der(UnsafeRawBufferPointer)
    case pem(UnsafeRawBufferPointer)
    case json(UnsafeRawBufferPointer)
    /// What was inside a wrapping.
    case wrapped(SecretBytes)

    init(_ bytes: UnsafeRawBufferPointer) throws(KeyError) {
        if let text = try Self.decodeUTF16(bytes) {
            self = .wrapped(text)
            return
        }
        guard !DERForm.isDER(bytes) else {
            self = .der(bytes)
            return
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let unmarked = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        let text = UnsafeRawBufferPointer(rebasing: unmarked.trimmingASCIIWhitespace)
        guard let first = text.first else { throw KeyError(.malformed, "it is empty: there is no key in it") }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            self = .json(text)
        } else if let contents = Self.removeQuotes(text) {
            self = .wrapped(contents)
        } else if PEM.isPEM(text) {
            self = .pem(text)
        } else if let foreign = ForeignFormat(text) {
            throw foreign.error
        } else if !Self.hasBoundary(text), let decoded = LooseBase64.decode(text) {
            self = .wrapped(decoded)
        } else {
            throw Self.unknown(text)
        }
    }

    /// Whether a string in JSON plainly holds a key, or something that people bring in place of one.
    static func mayHoldKey(_ text: UnsafeRawBufferPointer) -> Bool {
        // A key of 2048 bits takes more in every form.
        guard text.count >= 256 else { return false }
        if PEM.isPEM(text) { return true }
        let text = text.trimmingASCIIWhitespace
        if text.first == UInt8(ascii: "{") { return true }
        // Base64 of DER, of "-----" and of `{"`.
        return ["MI", "LS0t", "ey"].contains { text.starts(with: $0.utf8) }
            && text.allSatisfy { $0.isASCIIIdentifier || $0.isASCIIWhitespace || "+/=\\".utf8.contains($0) }
    }

    /// A JSON string, or a text in quotes that is none because its lines are broken.
    private static func removeQuotes(_ text: UnsafeRawBufferPointer) -> SecretBytes? {
        guard let first = text.first, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"), text.count > 1,
            text.last == first
        else { return nil }
        let bytes = text.bindMemory(to: UInt8.self)
        if first == UInt8(ascii: "\""), let document = try? StrictJSON(parsing: bytes) {
            return document.root.withStringBytes { SecretBytes(copying: UnsafeRawBufferPointer($0)) }
        }
        return SecretBytes(copying: UnsafeRawBufferPointer(rebasing: text.dropFirst().dropLast()))
    }

    /// UTF-16 with its byte order mark, which some shells of Windows write.
    private static func decodeUTF16(_ bytes: UnsafeRawBufferPointer) throws(KeyError) -> SecretBytes? {
        let isLittleEndian = bytes.starts(with: [0xFF, 0xFE])
        guard isLittleEndian || bytes.starts(with: [0xFE, 0xFF]) else { return nil }
        let units = bytes.dropFirst(2)
        // A unit takes at most three bytes.
        let text = SecretBytes(capacity: units.count / 2 * 3) { output in
            guard units.count.isMultiple(of: 2) else { return nil }
            var count = 0
            let words = stride(from: units.startIndex, to: units.endIndex, by: 2).lazy.map { index -> UInt16 in
                let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
                return isLittleEndian ? second << 8 | first : first << 8 | second
            }
            let isBroken = transcode(
                words.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true
            ) { unit in
                output[count] = unit
                count += 1
            }
            return isBroken ? nil : count
        }
        guard let text else { throw KeyError(.malformed, "the text begins as UTF-16 and is not: save it as UTF-8") }
        return text
    }

    /// A boundary of a PEM that lost its dashes; those that are left are digits of base64url.
    private static func hasBoundary(_ text: UnsafeRawBufferPointer) -> Bool {
        text.bindMemory(to: UInt8.self).firstIndex(of: "BEGIN ", from: 0) != nil
    }

    private static func unknown(_ text: UnsafeRawBufferPointer) -> KeyError {
        let reason =
            text.contains(0)
            ? "it has NUL bytes: save it as UTF-8 text if it is text"
            : hasBoundary(text)
                ? "it has no BEGIN line with five dashes on either side"
                : "neither PEM, nor JWK, nor JWKS, nor DER, nor base64 of one of them"
        return KeyError(.malformed, "not a key: \(reason)")
    }
}
