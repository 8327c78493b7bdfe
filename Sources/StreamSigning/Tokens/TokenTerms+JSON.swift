/// Terms in the two places where they are JSON: in a token's payload and in a request for a token.
extension TokenTerms {
    /// Reads the terms that a request asks for. What is absent or null is left open; unknown members are ignored.
    package init(reading request: JSONValue) throws(InvalidClaim) {
        self.init()
        for claim in Self.claims where claim.isRequestable {
            guard let value = request[claim.name], value.kind != .null else { continue }
            try claim.read(value, from: .request, into: &self)
        }
    }

    /// Writes the members of such a request.
    package func writeRequest(into writer: inout JSONWriter) {
        for claim in Self.claims where claim.isRequestable { claim.write(self, into: &writer) }
    }

    /// Writes the members of a payload, in the order of ``claims``; what is not set is absent.
    func write(into writer: inout JSONWriter) {
        for claim in Self.claims { claim.write(self, into: &writer) }
    }

    /// Writes the members that a report of a verification has for claims of our own.
    package func report(into writer: inout JSONWriter) {
        for claim in Self.claims { claim.report(self, into: &writer) }
    }
}
