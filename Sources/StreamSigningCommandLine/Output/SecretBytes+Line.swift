package import StreamSigning

extension SecretBytes {
    /// The text with the end of its line.
    package var line: SecretBytes {
        let end = UInt8(ascii: "\n")
        guard withUnsafeBytes({ $0.last != end }) else { return self }
        return SecretBytes(joining: [self, SecretBytes(copying: [end])])
    }
}

extension StandardOutput {
    /// As ``print(_:)-(String)``, without a copy that is not wiped.
    package static func print(_ secret: SecretBytes) throws(CommandFailure) {
        let result = secret.line.withUnsafeBytes { bytes in
            Result { () throws(CommandFailure) in try write(bytes) }
        }
        try result.get()
    }
}
