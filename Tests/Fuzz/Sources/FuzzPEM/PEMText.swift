internal import Properties

/// A PEM text's one block, found by plain means.
struct PEMText {
    static let labels = ["RSA PRIVATE KEY", "PRIVATE KEY", "RSA PUBLIC KEY", "PUBLIC KEY"]

    /// An `AlgorithmIdentifier` of `rsaEncryption` without the NULL that belongs there (RFC 3279 2.3.1).
    static let bareRSAEncryption: [UInt8] = [0x30, 11, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1]

    let label: String
    let der: [UInt8]

    /// Nil unless the text is one block, with nothing but spaces around it, whose body Foundation takes for base64.
    init?(onlyBlockOf text: String) {
        let lines = text.split(whereSeparator: \.isNewline).map { String($0) }
        guard lines.count > 2, let first = lines.first, let last = lines.last,
            let label = Self.labels.first(where: { "-----BEGIN \($0)-----" == first && "-----END \($0)-----" == last }),
            let der = SecondOpinion.base64(lines.dropFirst().dropLast().joined())
        else { return nil }
        self.label = label
        self.der = der
    }

    /// A PKCS#8 key's DER with version 1 for its version 0 (RFC 5958 2).
    static func versionOne(of der: [UInt8]) -> [UInt8] {
        let version = der.indices.dropLast(2).first { Array(der[$0..<$0 + 3]) == [2, 1, 0] }
        var changed = der
        if let version { changed[version + 2] = 1 }
        return changed
    }

    static func wrap(_ der: some Sequence<UInt8>, label: String) -> String {
        let body = SecondOpinion.base64Lines(Array(der))
        return "-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n"
    }
}
