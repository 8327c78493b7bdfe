import Foundation
import StreamSigning
import Testing

@Suite("Forms of keys that people bring")
struct KeyFormTests {
    @Test("are 60 at least, and each has an origin")
    func count() throws {
        let forms = try KeyForm.all()
        #expect(forms.count >= 60)
        #expect(forms.allSatisfy { !$0.form.isEmpty && !$0.origin.isEmpty })
        #expect(Set(forms.map(\.testDescription)).count == forms.count)
    }

    @Test("are read as the key that they hold", arguments: try KeyForm.read())
    func read(_ form: KeyForm) throws {
        let key = try form.load().get()
        #expect(try key.thumbprint() == form.thumbprint)
        #expect(key.hasDerivedID == (form.id == nil && form.pick == nil))
        if let id = form.pick?.rawValue ?? form.id {
            #expect(key.id.rawValue == id)
        }
    }

    @Test("have a public half, of a private key too, and are trusted with it", arguments: try KeyForm.read())
    func trusted(_ form: KeyForm) throws {
        let key = try VerificationKey(importing: form.content, id: form.pick)
        #expect(try key.thumbprint() == form.thumbprint)
        let set = try KeySet(importing: form.content)
        #expect(try set[key.id]?.thumbprint() == form.thumbprint)
        #expect(set.ignored.count == form.passedOver)
    }

    @Test("are written in the one canonical form, whatever they came in")
    func exports() throws {
        let forms = try KeyForm.read().filter(\.isPrivate)
        let first = try SigningKey(importing: #require(forms.first).content)
        let pem = try first.pem(.pkcs8)
        var count = 0
        for form in forms where try form.thumbprint == first.verificationKey.thumbprint() {
            let key = try SigningKey(importing: form.content, id: form.pick)
            #expect(try key.pem(.pkcs8) == pem, "\(form.testDescription)")
            #expect(try SigningKey(importing: key.jwk().reveal()) == key, "\(form.testDescription)")
            count += 1
        }
        #expect(count >= 60)
    }

    @Test("that are not keys, or not for us, are called by their name", arguments: try KeyForm.refused())
    func refused(_ form: KeyForm) throws {
        let refusal = try #require(form.refusal)
        guard case .failure(let error) = form.load() else {
            Issue.record("it is read")
            return
        }
        #expect(error.code == refusal.code, "\(error.code.rawValue)")
        #expect(error.reason.contains(refusal.says), "\(error.reason)")
        #expect(!error.reason.contains("\n"))
    }

    @Test("that a command makes a key of say which, and it does", arguments: try KeyForm.convertible())
    func converted(_ form: KeyForm) throws {
        guard case .failure(let error) = form.load() else {
            Issue.record("it is read")
            return
        }
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "stream-signing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "FILE")
        try form.content.write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        for command in error.commands {
            // What a person types where the command asks for it.
            let answered =
                command
                .replacing("openssl pkcs12", with: "openssl pkcs12 -passin pass:changeit")
                .replacing("openssl pkey", with: "openssl pkey -passin pass:changeit")
                .replacing(
                    "keytool -importkeystore",
                    with: "keytool -importkeystore -srcstorepass changeit -deststorepass changeit")
            try Subprocess.run("sh", ["-c", "cd '\(folder.path)' && \(answered)"])
        }
        let made = try Data(contentsOf: folder.appending(path: #require(form.makes)))
        let key =
            form.isPrivate ? try SigningKey(importing: made).verificationKey : try VerificationKey(importing: made)
        #expect(try key.thumbprint() == form.thumbprint)
    }
}
