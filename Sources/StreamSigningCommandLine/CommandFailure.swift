package import StreamSigning
internal import StreamSigningFiles

/// Why a command fails: its exit status, and the line that says why.
package struct CommandFailure: Error {
    /// The contract with scripts. ArgumentParser adds 64 for wrong usage.
    package enum Status: Int32 {
        /// The reader of our output has closed it, which is not a failure: nothing is printed.
        case readerGone = 0
        /// The token was judged and refused.
        case refused = 1
        /// A key, file or value that cannot be used.
        case unusable = 2
        /// The service refused or failed, or the network did.
        case remote = 3
    }

    package let status: Status
    package let message: String
    /// What else the user should know, one line each.
    package var notes: [String] = []

    package init(_ status: Status, _ message: String) {
        self.status = status
        self.message = message
    }

    /// - Parameter subject: a file or whatever else is at fault. A reason that begins with it, as those of files do, does not name it
    ///   twice.
    package init(_ status: Status, about subject: String, _ reason: String) {
        let isNamed = reason.hasPrefix("\(subject): ") || reason.hasPrefix("\(subject)/")
        self.init(status, isNamed ? reason : "\(subject): \(reason)")
    }

    /// A file that cannot be used.
    init(_ problem: FileProblem) {
        self.init(.unusable, problem.reason)
    }

    package static let readerGone = CommandFailure(.readerGone, "")

    package static func refused(_ denial: Denial) -> CommandFailure {
        CommandFailure(.refused, denial.description)
    }

    /// - Parameter subject: the file or the option at fault.
    package static func unusable(_ subject: String, _ reason: String) -> CommandFailure {
        CommandFailure(.unusable, about: subject, reason)
    }
}
