internal import NIOCore
import StreamSigningPlatform

/// Why a service cannot run: the address or file that it cannot use, and what is wrong with it.
public struct ServiceFailure: Error, Sendable {
    /// An address or a file.
    public let subject: String
    /// One line for people.
    public let reason: String

    package init(_ subject: String, _ reason: String) {
        self.subject = subject
        self.reason = reason
    }

    /// What binding an address threw.
    package init(_ address: String, _ error: any Error) {
        if error is SocketAddressError {
            self.init(address, "this host does not exist")
        } else {
            let code = (error as? IOError)?.errnoCode
            self.init(address, code.map { SystemError.text($0) } ?? "\(error)")
        }
    }
}
