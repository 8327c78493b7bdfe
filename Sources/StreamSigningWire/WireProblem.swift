/// What is wrong with a value in a request or an answer.
package struct WireProblem: Error, Hashable, Sendable {
    /// One line for a person.
    package let reason: String
    /// Where, as a JSON Pointer (RFC 6901); nil for the text as a whole.
    package let pointer: String?

    package init(_ reason: String, at pointer: String? = nil) {
        self.reason = reason
        self.pointer = pointer
    }
}
