internal import ArgumentParser

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The process: from its arguments to its exit status.
///
/// In place of ArgumentParser's own `main`, because errors are to be one line that begins with `streamsign:`. Not `async`,
/// because the threads that this starts would make up a good part of the time that one signature takes.
@main
enum Entry {
    static func main() {
        StandardStreams.prepare()
        exit(run(CommandLine.arguments))
    }

    private static func run(_ words: [String]) -> Int32 {
        do {
            var command = try Streamsign.parseAsRoot(Array(words.dropFirst()))
            try command.run()
            return 0
        } catch let failure as CommandFailure {
            return report(failure)
        } catch {
            return report(Invocation(words), error)
        }
    }

    private static func report(_ failure: CommandFailure) -> Int32 {
        guard failure.status != .readerGone else { return 0 }
        StandardError.print(failure.message)
        for note in failure.notes { StandardError.note(note) }
        return failure.status.rawValue
    }

    /// What ArgumentParser throws: a request for help, or wrong usage.
    private static func report(_ invocation: Invocation, _ error: any Error) -> Int32 {
        let status = Streamsign.exitCode(for: error).rawValue
        guard status == 0 else {
            StandardError.print(invocation.complaint(Streamsign.message(for: error)))
            return status
        }
        do throws(CommandFailure) {
            try StandardOutput.print(invocation.illustrated(Streamsign.fullMessage(for: error)))
            return 0
        } catch {
            return report(error)
        }
    }
}
