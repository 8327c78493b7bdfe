internal import COpenSSLShim

/// PEM texts (RFC 7468), as they come out of editors, variables, YAML files and JSON: on one line, indented, with blank or
/// escaped lines. Only the white space is free: boundaries, labels and base64 are as the standard has them.
enum PEM {
    private struct Block {
        let label: PEMLabel
        let body: UnsafeRawBufferPointer
    }

    private static let begin: StaticString = "-----BEGIN"
    private static let end: StaticString = "-----END"
    private static let dashes: StaticString = "-----"
    private static let longestLabel = 64

    static func isPEM(_ text: UnsafeRawBufferPointer) -> Bool {
        text.bindMemory(to: UInt8.self).firstIndex(of: begin, from: 0) != nil
    }

    /// The one key of the text. What is around the blocks is skipped (RFC 7468 2), and so are certificates and other things
    /// beside a key.
    static func key(in text: UnsafeRawBufferPointer) throws(KeyError) -> KeyCandidate {
        var keys: [KeyCandidate] = []
        var other: KeyError?
        for block in try blocks(in: text.bindMemory(to: UInt8.self)) {
            do throws(KeyError) {
                keys.append(try read(block))
            } catch  where error.code == .unsupported {
                other = other ?? error
            }
        }
        // A private key and its public half are one key. Of two private keys, we cannot know which is meant.
        let isPair = keys.filter(\.isPrivate).count == 1
        let disagreement =
            isPair
            ? "the PEM's private key and public key do not belong together"
            : "the PEM holds \(keys.count) different keys: keep the one that is meant"
        guard let key = try KeyCandidate.one(of: keys, or: KeyError(.ambiguous, disagreement)) else {
            throw other ?? KeyError(.malformed, "the PEM is damaged: it has no whole block")
        }
        return key
    }

    static func write(_ encoding: ss_encoding, der: SecretBytes) throws(KeyError) -> SecretBytes {
        try RSAKeyHandle.buffer { buffer, reason in
            der.withUnsafeBytes { ss_pem_write(encoding, ss_bytes(borrowing: $0), &buffer, &reason) }
        }
    }

    private static func blocks(in text: UnsafeBufferPointer<UInt8>) throws(KeyError) -> [Block] {
        var blocks: [Block] = []
        var place = 0
        while let start = text.firstIndex(of: begin, from: place) {
            let label = try self.label(in: text, after: start + begin.utf8CodeUnitCount)
            guard let stop = text.firstIndex(of: end, from: label.end) else {
                throw KeyError(.malformed, "the PEM is damaged: its END line is missing, so it may be cut off")
            }
            let body = UnsafeBufferPointer(rebasing: text[label.end..<stop])
            guard body.firstIndex(of: begin, from: 0) == nil else {
                throw KeyError(.malformed, "the PEM is damaged: two BEGIN lines, and no END line between them")
            }
            let closing = try self.label(in: text, after: stop + end.utf8CodeUnitCount)
            guard label.name == closing.name else {
                throw KeyError(
                    .malformed, "the PEM is damaged: it begins as \(label.name) and ends as \(closing.name)")
            }
            blocks.append(Block(label: PEMLabel(label.name), body: UnsafeRawBufferPointer(body)))
            place = closing.end
        }
        return blocks
    }

    /// A label, and the place after the dashes that follow it.
    private static func label(
        in text: UnsafeBufferPointer<UInt8>, after start: Int
    ) throws(KeyError) -> (name: String, end: Int) {
        let limit = min(text.count, start + longestLabel + dashes.utf8CodeUnitCount)
        let line = UnsafeBufferPointer(rebasing: text[start..<limit])
        guard let end = line.firstIndex(of: dashes, from: 0) else {
            throw KeyError(.malformed, "the PEM is damaged: a BEGIN or END line does not end in five dashes")
        }
        return (words(line[..<end]).excerpt(), start + end + dashes.utf8CodeUnitCount)
    }

    /// The words of a line with one blank between them. `split` and `joined` would have the runtime look through all conformances of
    /// the program, which can be measured in the time of one signature.
    private static func words(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        let blank = UInt8(ascii: " ")
        var words: [UInt8] = []
        for byte in line {
            let byte = byte.isASCIIWhitespace ? blank : byte
            guard byte != blank || (words.last ?? blank) != blank else { continue }
            words.append(byte)
        }
        if words.last == blank { words.removeLast() }
        return String(decoding: words, as: UTF8.self)
    }

    private static func read(_ block: Block) throws(KeyError) -> KeyCandidate {
        let body = block.body.bindMemory(to: UInt8.self)
        let hasHeaders = body.firstIndex(of: UInt8(ascii: ":"), from: 0) != nil
        guard !hasHeaders || body.firstIndex(of: "ENCRYPTED", from: 0) == nil else {
            throw ForeignFormat.encrypted.error
        }
        let joined = LooseBase64.joined(block.body)
        let decoded = joined.withUnsafeBytes { Base64.standard.decode($0.bindMemory(to: UInt8.self)) }
        let encoding = try block.label.encoding(body: decoded)
        guard !hasHeaders else { throw KeyError(.malformed, "the PEM block has headers inside") }
        guard let decoded, decoded.count > 0 else {
            throw KeyError(.malformed, "the PEM is damaged: \(damage(joined))")
        }
        return try decoded.withUnsafeBytes { der throws(KeyError) in try DERForm.key(in: der, labelled: encoding) }
    }

    private static func damage(_ body: SecretBytes) -> String {
        body.withUnsafeBytes { body in
            let foreign = body.first { !$0.isASCIIAlphanumeric && !"+/=".utf8.contains($0) }
            if body.isEmpty { return "there is nothing between its BEGIN and END lines" }
            if foreign == UInt8(ascii: "-") || foreign == UInt8(ascii: "_") {
                return "its body is base64url, and PEM has standard base64"
            }
            if foreign == 0 { return "its body has NUL bytes" }
            if foreign != nil { return "its body has a character that base64 does not have" }
            return "characters of its body are missing"
        }
    }
}
