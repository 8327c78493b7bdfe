internal import COpenSSLShim

/// What DER holds, as far as its outer elements tell. OpenSSL reads the rest of what looks like a key.
enum DERForm {
    case rsaKey(ss_encoding)
    case other(ForeignFormat)
    case unknown

    /// An 8192-bit key in PKCS#8 has less than 5 KiB.
    private static let maximumCount = 16 * 1024

    /// Whether bytes are DER rather than text: a SEQUENCE of 128 bytes or more. No UTF-8 begins like that.
    static func isDER(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count > 2 && bytes[0] == 0x30 && (0x81...0x84).contains(bytes[1])
    }

    /// - Parameter label: what the text around it says it is.
    static func key(
        in bytes: UnsafeRawBufferPointer, labelled label: ss_encoding? = nil
    ) throws(KeyError) -> KeyCandidate {
        let der = label == nil ? withoutLineEnd(bytes) : bytes
        let form = DERForm(der)
        if case .other(let foreign) = form { throw foreign.error }
        guard der.count <= maximumCount else {
            throw KeyError(.unsupported, "the DER is larger than any RSA key of 8192 bits")
        }
        if case .rsaKey(let encoding) = form {
            guard label == nil || label?.isPrivate == encoding.isPrivate else {
                throw KeyError(.malformed, "the PEM says it is a private key and holds a public one, or the reverse")
            }
            return KeyCandidate(.der(encoding, SecretBytes(copying: der)))
        }
        // OpenSSL says what is wrong with it.
        guard let label else {
            throw KeyError(.malformed, "not a key: DER that is neither PKCS#1, PKCS#8 nor SubjectPublicKeyInfo")
        }
        return KeyCandidate(.der(label, SecretBytes(copying: der)))
    }

    init(_ bytes: UnsafeRawBufferPointer) {
        guard let outer = Element(in: bytes, at: 0, before: bytes.count), outer.tag == Element.sequence else {
            self = .unknown
            return
        }
        let elements = outer.children(in: bytes)
        self =
            switch elements.map(\.tag) {
            case [2, 2]: .rsaKey(SS_PKCS1_PUBLIC)
            case [2, 2, 2, 2, 2, 2, 2, 2, 2], [2, 2, 2, 2, 2, 2, 2, 2, 2, 0x30]: .rsaKey(SS_PKCS1_PRIVATE)
            case [0x30, 3]: .rsaKey(SS_SPKI_PUBLIC)
            case [2, 0x30, 4], [2, 0x30, 4, 0xA0], [2, 0x30, 4, 0xA0, 0xA1], [2, 0x30, 4, 0xA1]:
                .rsaKey(SS_PKCS8_PRIVATE)
            case [2, 0x30], [2, 0x30, 0x30]: .other(.pkcs12)
            case [0x30, 4]: .other(.encrypted)
            // A certificate has six elements and more (RFC 5280 4.1), a request up to four (RFC 2986 4.1).
            case [0x30, 0x30, 3]:
                .other(elements[0].children(in: bytes).count < 6 ? .certificateRequest : .certificate)
            case [6, 0xA0]: .other(.pkcs7)
            case [2, 4], [2, 4, 0xA0], [2, 4, 0xA0, 0xA1], [2, 4, 0xA1]: .other(.ellipticCurveKey)
            case [2, 2, 2, 2, 2, 2]: .other(.dsaKey)
            default: .unknown
            }
    }

    /// Without the line end that some tools put after a binary file.
    private static func withoutLineEnd(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard let outer = Element(in: bytes, at: 0, before: bytes.count),
            bytes[outer.content.upperBound...].allSatisfy(\.isASCIIWhitespace)
        else { return bytes }
        return UnsafeRawBufferPointer(rebasing: bytes[..<outer.content.upperBound])
    }

    /// An element's tag, and where its content is (X.690 8.1).
    private struct Element {
        static let sequence: UInt8 = 0x30
        /// The most that any of the forms above has.
        private static let mostChildren = 11

        let tag: UInt8
        let content: Range<Int>

        init?(in bytes: UnsafeRawBufferPointer, at index: Int, before limit: Int) {
            guard index + 2 <= limit else { return nil }
            tag = bytes[index]
            var start = index + 2
            var length = Int(bytes[index + 1])
            if length >= 0x80 {
                let count = length & 0x7F
                guard (1...4).contains(count), start + count <= limit else { return nil }
                length = bytes[start..<start + count].reduce(0) { $0 << 8 | Int($1) }
                start += count
            }
            guard length <= limit - start else { return nil }
            content = start..<start + length
        }

        /// The elements inside; none unless they fill the content.
        func children(in bytes: UnsafeRawBufferPointer) -> [Element] {
            var children: [Element] = []
            var index = content.lowerBound
            while index < content.upperBound {
                guard children.count < Self.mostChildren,
                    let child = Element(in: bytes, at: index, before: content.upperBound)
                else { return [] }
                children.append(child)
                index = child.content.upperBound
            }
            return children
        }
    }
}
