public import StreamSigning

/// The key that seals the service's own secrets: 32 bytes for AES-256-GCM.
public struct MasterKey: Sendable {
    /// The first 8 bytes of the key's SHA-256, as hexadecimal: names the key and tells nothing of it.
    public let id: String
    package let bytes: SecretBytes

    /// - Parameter bytes: 32 of them.
    package init(_ bytes: SecretBytes) throws(VaultError) {
        guard bytes.count == SealedBox.keyCount else {
            throw VaultError(.masterKeyUnusable, "a master key has 32 bytes, not \(bytes.count)")
        }
        do throws(KeyError) {
            id = Hex.encode(Array(try Digest.sha256(bytes).prefix(8)))
        } catch {
            throw VaultError(.unavailable, error.reason)
        }
        self.bytes = bytes
    }

    /// A new one.
    public static func generate() throws(VaultError) -> MasterKey {
        try VaultError.translating { try MasterKey(RandomBytes.makeSecret(count: SealedBox.keyCount)) }
    }

    /// Reads a key in any of the forms that the usual tools make: 64 hexadecimal digits (`openssl rand -hex 32`), base64
    /// in either alphabet (`openssl rand -base64 32`), or the 32 bytes themselves. Space around a text does not count.
    public init(reading text: SecretBytes) throws(VaultError) {
        // 32 printable characters are a text that is too short, not bytes of a good key.
        let isRaw = text.withUnsafeBytes { bytes in
            bytes.count == SealedBox.keyCount && !bytes.allSatisfy { (0x20...0x7E).contains($0) }
        }
        if isRaw {
            try self.init(text)
            return
        }
        let decoded = text.withUnsafeBytes { bytes -> SecretBytes? in
            let trimmed = bytes.trimmingSpace.bindMemory(to: UInt8.self)
            switch trimmed.count {
            case 64: return Self.decodeHex(trimmed)
            case 44: return Base64.standard.decode(trimmed)
            case 43: return Base64.url.decode(trimmed)
            default: return nil
            }
        }
        guard let decoded else {
            throw VaultError(
                .masterKeyUnusable,
                "not a master key: 64 hexadecimal digits, or base64 of 32 bytes, as `openssl rand -base64 32` makes it"
            )
        }
        try self.init(decoded)
    }

    /// The key as a line of base64, as in a file.
    package var text: SecretBytes {
        SecretBytes(joining: [Base64.standard.encode(bytes), SecretBytes(copying: [UInt8(ascii: "\n")])])
    }

    private static func decodeHex(_ text: UnsafeBufferPointer<UInt8>) -> SecretBytes? {
        SecretBytes(capacity: text.count / 2) { bytes in
            for index in 0..<text.count / 2 {
                guard let high = digit(text[2 * index]), let low = digit(text[2 * index + 1]) else { return nil }
                bytes[index] = high << 4 | low
            }
            return text.count / 2
        }
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate var trimmingSpace: UnsafeRawBufferPointer {
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        var rest = self[...].drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest = rest.dropLast() }
        return UnsafeRawBufferPointer(rebasing: rest)
    }
}

extension MasterKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The id, and nothing of the key.
    public var description: String { "MasterKey(\(id))" }
    /// As ``description``.
    public var debugDescription: String { description }
    /// The id, and nothing of the key.
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
