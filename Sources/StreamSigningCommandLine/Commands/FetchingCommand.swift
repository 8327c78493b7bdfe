internal import ArgumentParser

/// A command that fetches what is named by a URL. It is run with the program's network client instead of by `run()`.
protocol FetchingCommand: ParsableCommand {
    /// - Parameter network: nil in a program without a network client.
    func run(_ network: NetworkClient?) throws
}
