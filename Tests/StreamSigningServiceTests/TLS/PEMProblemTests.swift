import Foundation
import Testing

@testable import StreamSigningGate

@Suite("What is wrong with a PEM file")
struct PEMProblemTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private func reason(_ content: PEMProblem.Content, _ bytes: [UInt8]) throws -> String {
        let path = "\(folder.path)/file"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return PEMProblem(path, expecting: content).reason
    }

    private static func pem(_ label: String, _ headers: String = "") -> String {
        "-----BEGIN \(label)-----\n\(headers)AAAA\n-----END \(label)-----\n"
    }

    @Test(
        "is named, with the command that helps",
        arguments: [
            ("", "empty", "empty"), ("\u{FEFF}\(pem("CERTIFICATE"))", "a byte order mark", "a byte order mark"),
            ("hello", "not PEM", "not PEM"), (pem("CERTIFICATE"), "is damaged", "a certificate, and no private key"),
            (pem("PRIVATE KEY"), "a private key, and no certificate", "is damaged"),
            (pem("EC PRIVATE KEY"), "a private key, and no certificate", "is damaged"),
            (
                pem("ENCRYPTED PRIVATE KEY"), "a private key, and no certificate",
                "the key is encrypted: decrypt it with `openssl pkey -in FILE -out key.pem`"
            ),
            (
                pem("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"),
                "a private key, and no certificate", "the key is encrypted"
            ),
            (pem("CERTIFICATE REQUEST"), "there is no certificate in it", "there is no private key in it"),
        ])
    func text(_ text: String, certificate: String, key: String) throws {
        #expect(try reason(.certificate, Array(text.utf8)).contains(certificate))
        #expect(try reason(.privateKey, Array(text.utf8)).contains(key))
    }

    @Test(
        "is that it is binary, or of another encoding",
        arguments: [
            ([0x30, 0x82, 0x01, 0x0A, 0x30, 0x82, 0x01], "DER, not PEM", "openssl x509 -inform DER"),
            ([0x30, 0x82, 0x01, 0x0A, 0x02, 0x01, 0x00], "DER, not PEM", "openssl x509 -inform DER"),
            ([0x30, 0x82, 0x01, 0x0A, 0x02, 0x01, 0x03], "PKCS#12, not PEM", "openssl pkcs12 -in FILE -nokeys"),
            ([0x30], "DER, not PEM", "openssl"), ([0xFF, 0xFE, 0x2D, 0x00], "UTF-16", "save it as UTF-8"),
        ] as [([UInt8], String, String)])
    func binary(_ bytes: [UInt8], what: String, advice: String) throws {
        let reason = try reason(.certificate, bytes)
        #expect(reason.hasPrefix(what) && reason.contains(advice))
        #expect(try self.reason(.privateKey, bytes).hasPrefix(what))
    }

    @Test("is that there is no file")
    func noFile() {
        #expect(PEMProblem("\(folder.path)/none", expecting: .certificate).reason == "no such file or directory")
        #expect(PEMProblem(folder.path, expecting: .privateKey).reason == "a directory, not a file")
        #expect(PEMProblem("/dev/null", expecting: .privateKey).reason == "not a regular file")
    }
}
