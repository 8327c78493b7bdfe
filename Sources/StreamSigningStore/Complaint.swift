package import Logging

/// What a thing that is done several times a second says when it fails: once for each reason, and once when it is over.
package struct Complaint {
    private let text: Logger.Message
    private let end: Logger.Message
    private let logger: Logger?
    private var reason: String?

    package init(_ text: Logger.Message, over end: Logger.Message, _ logger: Logger?) {
        self.text = text
        self.end = end
        self.logger = logger
    }

    /// It has failed.
    package mutating func hold(_ error: StoreError) {
        guard reason != error.reason else { return }
        reason = error.reason
        logger?.error(text, metadata: ["error": "\(error)"])
    }

    /// It has worked.
    package mutating func isOver() {
        guard reason != nil else { return }
        reason = nil
        logger?.notice(end)
    }
}
