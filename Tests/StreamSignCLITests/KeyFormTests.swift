import Foundation
import Testing

@Suite("Forms of keys on the command line")
struct KeyFormTests {
    private func run(_ form: KeyForm, _ arguments: [String], isPiped: Bool = false) throws -> ProgramResult {
        let folder = try TemporaryFolder()
        let file = URL(fileURLWithPath: folder.path(of: "key"))
        try form.content.write(to: file)
        let pick = form.pick.map { ["--key-id", $0] } ?? []
        let words = arguments.map { isPiped && $0 == "key" ? "-" : $0 }
        // The first word is the command of that name.
        return try folder.run(.streamsign(), ["key"] + words + pick, stdin: isPiped ? file : nil)
    }

    @Test("are shown from a pipe and converted from a file", arguments: try KeyForm.all().filter { $0.code == nil })
    func read(_ form: KeyForm) throws {
        let shown = try run(form, ["show", "key", "--json"], isPiped: true)
        #expect(shown.ending == .status(0), "\(shown.stderr)")
        #expect(shown.stdout.contains(#""thumbprint":"\#(form.key ?? "")""#), "\(shown.stdout)")
        let notes = shown.stderr.split(separator: "\n").filter { $0.contains(": passed over key ") }
        #expect(notes.count == form.passesOver ?? 0, "\(shown.stderr)")
        let converted = try run(form, ["convert", "key", "--to", form.isPrivate ? "pkcs8" : "public-pem"])
        #expect(converted.ending == .status(0), "\(converted.stderr)")
        #expect(converted.stdout.hasPrefix("-----BEGIN \(form.isPrivate ? "PRIVATE" : "PUBLIC") KEY-----\n"))
    }

    @Test("that are not keys are called by their name", arguments: try KeyForm.all().filter { $0.code != nil })
    func refused(_ form: KeyForm) throws {
        let result = try run(form, ["convert", "key", "--to", form.isPrivate ? "pem" : "public-pem"])
        #expect(result.ending == .status(2))
        #expect(result.stdout.isEmpty)
        #expect(result.stderr.hasPrefix("streamsign: key: "), "\(result.stderr)")
        #expect(result.stderr.contains(form.says ?? "?"), "\(result.stderr)")
        #expect(result.stderr.split(separator: "\n").count == 1, "\(result.stderr)")
    }
}
