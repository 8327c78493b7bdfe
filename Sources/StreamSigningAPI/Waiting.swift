import StreamSigningHTTP

/// What a deletion is asked to wait for: `?wait=nodes`, or nothing.
struct Waiting {
    let isForNodes: Bool

    /// - Throws: 400 for anything else that it is asked to wait for: whoever relies on it must not be let down in silence.
    init(_ query: RequestQuery) throws(APIError) {
        let values = query["wait"]
        guard values.allSatisfy({ $0 == "nodes" }) else {
            throw .badRequest("the parameter wait takes `nodes` alone")
        }
        isForNodes = !values.isEmpty
    }
}
