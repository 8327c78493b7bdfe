internal import StreamSigningClient
internal import StreamSigningCommandLine

extension CommandFailure {
    /// A request that failed: a value that cannot be sent is not the service's fault.
    /// - Parameters:
    ///   - subject: what the request was about, if it is not obvious.
    ///   - absence: what the service doesn't have if it answers "not found".
    init(_ error: ClientError, about subject: String? = nil, orTell absence: Absence? = nil) {
        let name = subject.map { "\($0): " } ?? ""
        if error.code == .invalidArgument {
            self.init(.unusable, name + error.reason)
        } else if let absence, error.hasErrorCode(.notFound) {
            self.init(.remote, "\(absence.message): \(error.description)")
            notes = [absence.advice]
        } else {
            self.init(.remote, name + error.description)
            if error.hasErrorCode(.couldNotRoute) {
                notes = ["is the API's URL complete, with /client/v4 at its end? (--api-url, STREAMSIGN_API_URL)"]
            }
        }
    }
}
