package import Logging

/// Logs the failures of something that is done several times a second: once for each reason, and once when it works again.
package struct RepeatedFailureLog {
    private let failure: Logger.Message
    private let recovery: Logger.Message
    private let logger: Logger?
    private var reason: String?

    /// - Parameters:
    ///   - failure: what to say when it fails; the error is added.
    ///   - recovery: what to say when it works again.
    package init(_ failure: Logger.Message, recovery: Logger.Message, _ logger: Logger?) {
        self.failure = failure
        self.recovery = recovery
        self.logger = logger
    }

    /// It has failed.
    package mutating func note(_ error: StoreError) {
        guard reason != error.reason else { return }
        reason = error.reason
        logger?.error(failure, metadata: ["error": "\(error)"])
    }

    /// It has worked.
    package mutating func noteSuccess() {
        guard reason != nil else { return }
        reason = nil
        logger?.notice(recovery)
    }
}
