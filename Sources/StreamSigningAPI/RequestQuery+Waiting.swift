import StreamSigningHTTP

extension RequestQuery {
    /// Whether a change is answered only when it is in force on every node: `?wait=nodes`.
    /// - Throws: 400 for any other value, because a client that relies on waiting must learn that it does not happen.
    func waitsForNodes() throws(APIError) -> Bool {
        let values = self["wait"]
        guard values.allSatisfy({ $0 == "nodes" }) else {
            throw .badRequest("the parameter `wait` takes `nodes` alone")
        }
        return !values.isEmpty
    }
}
