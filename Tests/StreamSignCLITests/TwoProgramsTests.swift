import Foundation
import Testing

/// `streamsign` starts `streamsign-service` for what takes a store, and nobody sees that there are two.
@Suite("Two programs")
struct TwoProgramsTests {
    @Test(
        "both say the same",
        arguments: [
            ["--help"], ["help"], ["--version"], ["serve", "--help"], ["help", "serve"], ["--help", "serve"],
            ["help", "credential", "create"], ["serve", "--help-hidden"], ["serve", "--print-config"],
            ["token", "--help"], ["--experimental-dump-help"], ["--generate-completion-script=bash"],
            ["--generate-completion-script", "bash"], ["--generate-completion-script", "zsh"],
            ["--generate-completion-script", "fish"],
            [], ["nonsense"], ["key"], ["credential"], ["serve", "--nonsense"], ["serve", "--gate", "nowhere"],
            ["store", "check", "--data", "nowhere"], ["master-key", "rotate"], ["audit"],
        ])
    func same(_ arguments: [String]) throws {
        let folder = try TemporaryFolder()
        let one = try folder.run(.streamsign(), arguments)
        let other = try folder.run(.service(), arguments)
        #expect(one.ending == other.ending)
        #expect(one.stdout == other.stdout)
        #expect(one.stderr == other.stderr)
    }

    @Test("without the other, its commands say what is missing", arguments: ["serve", "credential", "audit", "store"])
    func alone(command: String) throws {
        let folder = try TemporaryFolder()
        let alone = Program(executable: try folder.copy(.streamsign()))
        for arguments in [[command], [command, "--help"], ["help", command], ["--version", command]] {
            let result = try folder.run(alone, arguments)
            #expect(result.ending == .status(2))
            #expect(result.stdout.isEmpty)
            #expect(
                result.stderr == """
                    streamsign: \(command): needs \(folder.path(of: "streamsign-service")), which is not there: \
                    install streamsign-service into the folder of this program

                    """)
        }
    }

    @Test("without the other, all else works")
    func aloneWithItsOwn() throws {
        let folder = try TemporaryFolder()
        let alone = Program(executable: try folder.copy(.streamsign()))
        let help = try folder.run(alone, ["--help"])
        #expect(try help.stdout == folder.run(.service(), ["--help"]).stdout)
        #expect(try folder.run(alone, ["key", "generate"]).ending == .status(0))
        #expect(try folder.run(alone, ["nonsense"]).ending == .status(64))
        let completions = try folder.run(alone, ["--generate-completion-script", "bash"])
        #expect(completions.ending == .status(0))
        #expect(completions.stdout.contains("--insecure-allow-missing-expiry"))
    }

    @Test("this one under the other's name does not start itself for ever", arguments: [true, false])
    func itself(isLink: Bool) throws {
        let folder = try TemporaryFolder()
        let alone = Program(executable: try folder.copy(.streamsign()))
        let other = folder.path(of: "streamsign-service")
        if isLink {
            try FileManager.default.createSymbolicLink(atPath: other, withDestinationPath: "streamsign")
        } else {
            _ = try folder.copy(.streamsign(), as: "streamsign-service")
        }
        let result = try folder.run(alone, ["serve"])
        #expect(result.ending == .status(2))
        #expect(result.stderr.hasSuffix("is this program under another name: install streamsign-service there\n"))
        #expect(try folder.run(alone, ["--generate-completion-script", "bash"]).ending == .status(0))
    }

    @Test("a program of that name on the search path is a stranger")
    func stranger() throws {
        let (folder, elsewhere) = (try TemporaryFolder(), try TemporaryFolder())
        let alone = Program(executable: try folder.copy(.streamsign()))
        let stranger = try elsewhere.script("#!/bin/sh\nexit 0\n", as: "streamsign-service")
        let path = "\(elsewhere.path(of: "")):/usr/bin:/bin"
        #expect(try folder.run(alone, ["serve", "--print-config"], ["PATH": path]).ending == .status(2))
        try FileManager.default.moveItem(atPath: stranger, toPath: folder.path(of: "streamsign-service"))
        #expect(try folder.run(alone, ["serve", "--print-config"]).ending == .status(0))
    }

    @Test("a link to the program leads to the other one")
    func link() throws {
        let folder = try TemporaryFolder()
        let link = folder.path(of: "link")
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: Program.streamsign().executable.path)
        let result = try folder.run(Program(executable: URL(fileURLWithPath: link)), ["serve", "--print-config"])
        #expect(result.ending == .status(0))
        #expect(result.stdout.hasPrefix("data = "))
    }

    @Test("one that cannot be started is named, with the reason")
    func unusable() throws {
        let folder = try TemporaryFolder()
        let alone = Program(executable: try folder.copy(.streamsign()))
        let other = try folder.write("", as: "streamsign-service")
        let result = try folder.run(alone, ["serve"])
        #expect(result.ending == .status(2))
        #expect(result.stderr == "streamsign: \(other): permission denied\n")
    }

    @Test("arguments that cannot be read are no success", .enabled(if: mayHideProc))
    func unreadableArguments() throws {
        let folder = try TemporaryFolder()
        let program = try Program.streamsign().executable.path
        let hidden = "mount -t tmpfs none /proc && exec '\(program)' verify a.b.c --keys none"
        let result = try folder.run(Self.unshare, ["--mount", "--map-root-user", "sh", "-c", hidden])
        #expect(result.ending == .status(64))
        #expect(result.stderr == "streamsign: the arguments cannot be read: is /proc mounted?\n")
    }

    private static let unshare = Program(executable: URL(fileURLWithPath: "/usr/bin/unshare"))

    /// Not everybody may: a container may forbid it.
    private static let mayHideProc: Bool = {
        let folder = try? TemporaryFolder()
        let result = try? folder?.run(
            unshare, ["--mount", "--map-root-user", "sh", "-c", "mount -t tmpfs none /proc"])
        return result?.ending == .status(0)
    }()
}

extension Program {
    /// The program beside it.
    fileprivate static func service() throws -> Program {
        let folder = try streamsign().executable.deletingLastPathComponent()
        return Program(executable: folder.appendingPathComponent("streamsign-service"))
    }
}
