internal import StreamSigningClient
internal import StreamSigningCommandLine

extension CommandFailure {
    /// A request that failed: a value that cannot be sent is not the service's fault.
    /// - Parameter subject: what the request was about, if it is not obvious.
    init(_ error: ClientError, about subject: String? = nil) {
        let name = subject.map { "\($0): " } ?? ""
        if error.code == .invalidArgument {
            self.init(.unusable, name + error.reason)
        } else {
            self.init(.remote, name + error.description)
            if error.hasErrorCode(.couldNotRoute) {
                notes = ["is the API's URL complete, with /client/v4 at its end? (--api-url, STREAMSIGN_API_URL)"]
            }
        }
    }
}
