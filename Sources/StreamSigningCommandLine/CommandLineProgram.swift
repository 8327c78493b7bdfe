internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningPlatform

/// The process: from its arguments to its exit status.
///
/// It replaces ArgumentParser's own `main`, because an error is one line that begins with `streamsign:`. It is not `async`,
/// because starting threads would take a good part of the time that one signature takes.
package struct CommandLineProgram {
    private let root: any RootCommand.Type

    package init(_ root: any RootCommand.Type) {
        self.root = root
    }

    /// Runs the command that the arguments name, and ends the process.
    /// - Parameter handOver: passes the arguments, with the program's own name, to another program if they are for it.
    package func run(handOver: ([String]) throws(CommandFailure) -> Void = { _ in }) -> Never {
        FirstProcess.keepStops()
        StandardStreams.prepare()
        let words = CommandLine.arguments
        ReloadSignals.ignore(ifServing: words)
        // Swift would replace what is not UTF-8, and sign for another viewer or read another file.
        guard Self.argumentsAreUTF8 else {
            StandardError.print("an argument is not UTF-8")
            exit(CommandFailure.Status.unusable.rawValue)
        }
        do throws(CommandFailure) {
            try StackLimit.check()
            try handOver(words)
        } catch {
            exit(report(error))
        }
        exit(run(words))
    }

    private static var argumentsAreUTF8: Bool {
        UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)).allSatisfy { word in
            word.map { String(validatingCString: $0) != nil } ?? true
        }
    }

    private func run(_ words: [String]) -> Int32 {
        // Linux keeps them in /proc. Without them, `verify` would look like a call without a command.
        guard !words.isEmpty else {
            StandardError.print("the arguments cannot be read: is /proc mounted?")
            return ExitCode.validationFailure.rawValue
        }
        do {
            if let call = PlainTokenCall(words) {
                try call.run()
                // `exit` would run OpenSSL's clean-up, which takes nearly as long as the signature.
                _exit(0)
            }
            var command = try root.parseAsRoot(Array(words.dropFirst()))
            // ArgumentParser would print the help and exit with 0, which a script would take for success.
            guard type(of: command).configuration.subcommands.isEmpty else {
                StandardError.print(Invocation(words, of: root).usageMessage("missing command"))
                return ExitCode.validationFailure.rawValue
            }
            if let command = command as? any FetchingCommand {
                try command.run(root.network)
            } else {
                try command.run()
            }
            return 0
        } catch let failure as CommandFailure {
            return report(failure)
        } catch {
            return report(error, of: Invocation(words, of: root))
        }
    }

    private func report(_ failure: CommandFailure) -> Int32 {
        guard failure.status != .readerGone else { return 0 }
        StandardError.print(failure.message)
        for note in failure.notes { StandardError.note(note) }
        return failure.status.rawValue
    }

    /// What ArgumentParser throws: a request for help or for the version, or wrong usage.
    private func report(_ error: any Error, of invocation: Invocation) -> Int32 {
        let status = root.exitCode(for: error).rawValue
        guard status == 0 else {
            StandardError.print(invocation.usageMessage(root.message(for: error)))
            return status
        }
        let message = root.fullMessage(for: error)
        let isVersion = message == root.configuration.version
        do throws(CommandFailure) {
            try StandardOutput.print(isVersion ? versions(message) : invocation.illustrated(message))
            return 0
        } catch {
            return report(error)
        }
    }

    /// Asked for only here, because it opens a library.
    private func versions(_ own: String) -> String {
        "\(own)\nRSA operations at a time: \(MultiBufferRSA.status)"
    }
}
