import StreamSigning
import StreamSigningPlatform

/// Why a PEM file of a certificate or a private key cannot be used: what it is instead, and where there is one, the command that makes
/// of it what is needed.
struct PEMProblem {
    /// What the file should hold.
    enum Content {
        case certificate, privateKey
    }

    let reason: String

    /// Looks at a file that could not be read as PEM. Blocks while it is read.
    init(_ path: String, expecting content: Content) {
        // Without O_NONBLOCK, opening a FIFO would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            reason = SystemError.text(errno)
            return
        }
        defer { close(descriptor) }
        var status = file_status()
        let code = file_status_of(descriptor, &status)
        guard code == 0, status.kind == FILE_KIND_REGULAR else {
            reason = status.kind == FILE_KIND_FOLDER ? "a directory, not a file" : "not a regular file"
            return
        }
        // It may be a private key.
        let beginning = SecretBytes(capacity: 256 * 1024) { buffer in
            let read = BlockingIO.readOnce(into: buffer, from: descriptor)
            return read.code == 0 ? read.count : nil
        }
        reason = beginning?.withUnsafeBytes { Self.reason($0, content) } ?? "cannot be read"
    }

    private static func reason(_ bytes: UnsafeRawBufferPointer, _ content: Content) -> String {
        let isCertificate = content == .certificate
        if bytes.isEmpty { return "empty" }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return "begins with a byte order mark: save it without one" }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16: save it as UTF-8" }
        if bytes[0] == 0x30 { return binary(bytes, isCertificate) }
        func has(_ text: String) -> Bool {
            let text = Array(text.utf8)
            return bytes.indices.contains { bytes[$0] == text[0] && bytes[$0...].starts(with: text) }
        }
        guard has("-----BEGIN ") else { return "not PEM: nothing in it begins with -----BEGIN" }
        let (hasCertificate, hasKey) = (has("-----BEGIN CERTIFICATE-----"), has("PRIVATE KEY-----"))
        guard isCertificate else {
            if has("-----BEGIN ENCRYPTED PRIVATE KEY-----") || hasKey && has("Proc-Type: 4,ENCRYPTED") {
                return "the key is encrypted: decrypt it with `openssl pkey -in FILE -out key.pem`"
            }
            if hasKey { return "the private key in it is damaged, or of a kind that TLS does not use" }
            return hasCertificate ? "a certificate, and no private key" : "PEM, but there is no private key in it"
        }
        if hasCertificate { return "a certificate in it is damaged" }
        return hasKey ? "a private key, and no certificate" : "PEM, but there is no certificate in it"
    }

    /// DER, or a PKCS#12 file, which begins with its version 3 (RFC 7292 4).
    private static func binary(_ bytes: UnsafeRawBufferPointer, _ isCertificate: Bool) -> String {
        if bytes.count > 6, bytes[4...6].elementsEqual([2, 1, 3]) {
            let option = isCertificate ? "-nokeys -out certificate.pem" : "-nocerts -nodes -out key.pem"
            return "PKCS#12, not PEM: convert it with `openssl pkcs12 -in FILE \(option)`"
        }
        let (command, name) = isCertificate ? ("x509", "certificate") : ("pkey", "key")
        return "DER, not PEM: convert it with `openssl \(command) -inform DER -in FILE -out \(name).pem`"
    }
}
