import Foundation
import Testing

/// Bytes that a script of the command line cannot hold.
@Suite("Raw text")
struct RawTextTests {
    private func printConfig(_ file: String, _ arguments: [String] = []) throws -> ProgramResult {
        let folder = try TemporaryFolder()
        try Data(file.utf8).write(to: URL(fileURLWithPath: folder.path(of: "settings")))
        return try folder.run(.streamsign(), ["serve", "--print-config", "--config", "settings"] + arguments)
    }

    @Test("a settings file may end its lines with CRLF")
    func carriageReturns() throws {
        let result = try printConfig("# settings\r\nidle-timeout = 5s\r\ntrusted-proxies = 10.0.0.0/8, ::1\r\n")
        #expect(result.ending == .status(0))
        #expect(result.stdout.contains("idle-timeout = 5s  # settings\n"))
        #expect(result.stdout.contains("trusted-proxies = 10.0.0.0/8, ::1  # settings\n"))
    }

    @Test("a setting holds no control characters", arguments: ["a\0b", "\u{1B}[31m", "a\u{85}b"])
    func controlCharacters(value: String) throws {
        let result = try printConfig("data = \(value)\n")
        #expect(result.ending == .status(2))
        #expect(result.stderr == "streamsign: settings: data: holds control characters\n")
        #expect(result.stdout.isEmpty)
    }

    @Test("a flag cannot smuggle in another setting")
    func newline() throws {
        let result = try printConfig("", ["--data", "a\nconnections = 7"])
        #expect(result.ending == .status(2))
        #expect(result.stdout.isEmpty)
    }

    @Test("a settings file may begin with a byte order mark")
    func byteOrderMark() throws {
        let result = try printConfig("\u{FEFF}idle-timeout = 5s\n")
        #expect(result.ending == .status(0))
        #expect(result.stdout.contains("idle-timeout = 5s  # settings\n"))
    }

    static let notUTF8: [(bytes: [UInt8], reason: String)] = [
        (Array("data = z".utf8) + [0xFF, 0x0A], "not UTF-8"),
        ([0xFF, 0xFE] + utf16("data = z\n", isBigEndian: false), "UTF-16: save it as UTF-8"),
        ([0xFE, 0xFF] + utf16("data = z\n", isBigEndian: true), "UTF-16: save it as UTF-8"),
        (utf16("data = z\n", isBigEndian: false), "UTF-16: save it as UTF-8"),
        (utf16("data = z\n", isBigEndian: true), "UTF-16: save it as UTF-8"),
        ([0xFF, 0xFE], "UTF-16: save it as UTF-8"),
    ]

    private static func utf16(_ text: String, isBigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return isBigEndian ? bytes : bytes.reversed()
        }
    }

    @Test("a settings file that is not UTF-8 is refused, and UTF-16 is called that", arguments: notUTF8)
    func settingsNotUTF8(_ bytes: [UInt8], _ reason: String) throws {
        let folder = try TemporaryFolder()
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path(of: "settings")))
        let result = try folder.run(.streamsign(), ["serve", "--print-config", "--config", "settings"])
        #expect(result.ending == .status(2))
        #expect(result.stderr == "streamsign: settings: \(reason)\n")
    }

    @Test("an argument that is not UTF-8 is refused, and not signed as another text", arguments: ["377", "376"])
    func argumentNotUTF8(octal: String) throws {
        let folder = try TemporaryFolder()
        let shell = Program(executable: URL(fileURLWithPath: "/bin/sh"))
        let program = try Program.streamsign().executable.path
        let result = try folder.run(
            shell, ["-c", "exec \"$0\" token video --key key.json --viewer \"a$(printf '\\\(octal)')\"", program])
        #expect(result.ending == .status(2))
        #expect(result.stderr == "streamsign: an argument is not UTF-8\n")
        #expect(result.stdout.isEmpty)
    }

    @Test(
        "an address has one host and one port",
        arguments: [
            ("127.0.0.1:0", true), (":8787", true), ("[::1]:8787", true), ("::1:8787", false), ("localhost:8787", true),
            ("127.0.0.1:1:2", false), ("[::1:5", false), ("::1]:5", false), ("127.0.0.1:+5", false),
            ("127.0.0.1:-5", false), ("127.0.0.1:65536", false), ("127.0.0.1:", false), ("8787", false),
            ("a b:5", false),
        ])
    func addresses(text: String, isAccepted: Bool) throws {
        let result = try printConfig("", ["--api", text])
        #expect(result.ending == .status(isAccepted ? 0 : 2))
    }

    @Test("two words are not one network", arguments: ["12 7.0.0.0/8", "1 0.0.0.0/8", "10.0.0.0/ 8"])
    func networks(text: String) throws {
        let result = try printConfig("", ["--trusted-proxies", text, "--gate", ":0"])
        #expect(result.ending == .status(2))
    }
}
