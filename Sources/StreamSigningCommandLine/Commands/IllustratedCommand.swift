package import ArgumentParser

/// A command whose help ends in examples.
package protocol IllustratedCommand: ParsableCommand {
    /// Command lines as a user would type them, one per line.
    static var examples: String { get }
}
