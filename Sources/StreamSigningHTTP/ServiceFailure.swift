internal import NIOCore
import StreamSigningPlatform

/// Why a service cannot run: the address or file that it cannot use, and what is wrong with it.
public struct ServiceFailure: Error, Sendable {
    /// An address or a file.
    public let subject: String
    /// One line for people.
    public let reason: String
    /// Whose address it is, if it is one.
    package private(set) var listener: ConnectionMetrics.Listener?

    package init(_ subject: String, _ reason: String) {
        self.subject = subject
        self.reason = reason
    }

    /// What binding an address threw.
    package init(_ address: ListeningAddress, of listener: ConnectionMetrics.Listener, _ error: any Error) {
        let reason =
            if error is SocketAddressError || error is SocketAddressError.UnknownHost {
                "this host does not exist, or its name cannot be looked up"
            } else if let error = error as? IOError {
                SystemError.text(error.errnoCode)
            } else {
                "\(error)"
            }
        self.init("\(address)", reason)
        self.listener = listener
    }
}
