internal import StreamSigning
internal import StreamSigningWire

/// An answer in its envelope.
struct RawAnswer: Sendable {
    let status: Int
    let contentType: String?
    let requestID: String?
    /// The header, unread.
    let retryAfter: String?
    let location: String?
    let body: SecretBytes

    var isSuccess: Bool { (200...299).contains(status) }

    /// Takes the answer out of its envelope.
    ///
    /// The content type does not matter if the answer can be read: it may hold the only copy of a key. The error for an answer
    /// that cannot be read names it, because that is usually the error page of a proxy.
    func read<Value>(_ result: (JSONValue?) throws(WireProblem) -> Value) throws(ClientError) -> Value {
        try readWhole { envelope throws(WireProblem) in try result(envelope["result"]) }
    }

    /// As ``read(_:)``, for answers that say something beside their `result`.
    /// - Parameter content: reads the whole envelope.
    func readWhole<Value>(_ content: (JSONValue) throws(WireProblem) -> Value) throws(ClientError) -> Value {
        let answer: Answer<Value>
        do throws(WireProblem) {
            answer = try body.withUnsafeBytes { bytes throws(WireProblem) in
                try Envelope.readWhole(bytes, content: content)
            }
        } catch {
            throw isSuccess ? malformed(error) : refusal()
        }
        switch answer {
        case .result(let value) where isSuccess: return value
        case .result: throw refusal()
        case .refusal(let errors, let messages): throw refusal(errors, messages)
        }
    }

    /// The error for an answer that is one by its status or its `success`.
    func refusal(_ errors: [APIMessage] = [], _ messages: [APIMessage] = []) -> ClientError {
        // Stream sometimes says only "Authorization Failure" in `errors`, and why in `messages`.
        let texts = errors.prefix(5).map(\.line) + messages.prefix(5).map { $0.message.shortened }
        var error = complete(ClientError(.api, texts.isEmpty ? silence : texts.joined(separator: "; ")))
        error.errors = errors
        error.messages = messages
        return error
    }

    /// The error for an answer that is not what the API promises.
    func malformed(_ problem: WireProblem) -> ClientError {
        let place = problem.pointer.map { " at \($0)" } ?? ""
        return complete(
            ClientError(.malformedAnswer, "the answer\(type) is not the API's: \(problem.reason)\(place)"))
    }

    /// Adds what is known of the request.
    func complete(_ error: ClientError) -> ClientError {
        var error = error
        error.status = status
        error.requestID = requestID
        return error
    }

    /// The message for a refusal that gives no reason.
    private var silence: String {
        guard (300...399).contains(status), let location else {
            return "the service answered\(type) without saying why"
        }
        return
            "the service redirects to \(location.shortened), which is not followed: give the address that is meant"
    }

    private var type: String {
        contentType.map { " (\($0.prefix(64)))" } ?? ""
    }
}

extension APIMessage {
    /// `10005: not a time (at /exp)`
    fileprivate var line: String {
        "\(code): \(message.shortened)" + (pointer.map { " (at \($0.shortened))" } ?? "")
    }
}

extension String {
    /// The beginning, on one line: the text came from somewhere else.
    fileprivate var shortened: String {
        String(unicodeScalars.prefix(300).map { $0.properties.generalCategory == .control ? " " : Character($0) })
    }
}
