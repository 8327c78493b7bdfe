package import ArgumentParser

/// A command whose help ends in examples.
package protocol IllustratedCommand: ParsableCommand {
    /// Command lines as one would type them, one a line.
    static var examples: String { get }
}
