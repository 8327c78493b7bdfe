import StreamSigning
import StreamSigningHTTP
import StreamSigningStore

extension RequestQuery {
    /// For how long a key must not have been used to be deleted: `?for=24h`.
    /// - Throws: 400 if the parameter is missing, or less is asked for than gates may be late with their reports.
    func unusedTime() throws(APIError) -> Duration {
        guard self["for"].count == 1, let time = Duration(units: self["for"][0]), time >= KeyUse.lag else {
            throw .badRequest("the parameter `for` is a time such as 24h, and at least \(KeyUse.lag.units)")
        }
        return time
    }
}
