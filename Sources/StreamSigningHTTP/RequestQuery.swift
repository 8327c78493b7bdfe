import StreamSigning

/// The parameters that follow the `?` of a request's target.
package struct RequestQuery: Sendable {
    private let parameters: [(name: String, value: String)]

    /// - Parameter text: `a=1&b=2`. A name or value that is not properly percent-encoded is taken literally.
    package init(_ text: some StringProtocol) {
        parameters = text.split(separator: "&").map { parameter in
            let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = parts.map { PercentEncoding.text($0) ?? String($0) }
            return (decoded[0], decoded.count == 2 ? decoded[1] : "")
        }
    }

    /// Every value of a name, in order.
    package subscript(name: String) -> [String] {
        parameters.filter { $0.name == name }.map(\.value)
    }
}
