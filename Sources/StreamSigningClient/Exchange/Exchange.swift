internal import StreamSigning

/// Sends a request, and repeats it where that is safe and may help (see ``RetryPolicy``).
struct Exchange: Sendable {
    let transport: Transport
    let policy: RetryPolicy
    let pauses: Pauses

    /// The last answer, and how it came about.
    struct Outcome: Sendable {
        let answer: RawAnswer
        let attempts: Int
        /// Whether the service may have carried out an earlier attempt whose answer is not known.
        let followsUnknown: Bool
    }

    func send(_ request: APIRequest, token: APIToken?) async throws(ClientError) -> Outcome {
        var attempt = 1
        var followsUnknown = false
        while true {
            let pause: Duration
            do throws(SendingFailure) {
                let answer = try await transport.send(request, token: token)
                guard attempt <= policy.maximumRetries, let wait = self.pause(after: answer, of: request, attempt)
                else {
                    return Outcome(answer: answer, attempts: attempt, followsUnknown: followsUnknown)
                }
                followsUnknown = followsUnknown || !turnsAway(answer)
                pause = wait
            } catch {
                guard attempt <= policy.maximumRetries, error.isPassing,
                    request.isIdempotent || !error.mayHaveArrived
                else {
                    throw final(error, request).after(attempts: attempt).at(request.address)
                }
                followsUnknown = followsUnknown || error.mayHaveArrived
                pause = ownPause(attempt)
            }
            do {
                try await pauses.sleep(pause)
            } catch {
                throw SendingFailure.cancelled.error.after(attempts: attempt)
            }
            attempt += 1
        }
    }

    /// If a request must not be repeated, the user has to know that its outcome is worth looking up.
    private func final(_ failure: SendingFailure, _ request: APIRequest) -> ClientError {
        guard failure.mayHaveArrived, !request.isIdempotent else { return failure.error }
        return failure.error.adding("; whether the service acted on it is not known")
    }

    private func ownPause(_ attempt: Int) -> Duration {
        policy.pause(after: attempt, chance: pauses.chance())
    }

    /// - Returns: how long to wait before the next attempt; nil for an answer that is final.
    private func pause(after answer: RawAnswer, of request: APIRequest, _ attempt: Int) -> Duration? {
        let healsWithTime = [408, 500, 502, 503, 504].contains(answer.status)
        guard turnsAway(answer) || (request.isIdempotent && healsWithTime) else { return nil }
        guard let asked = retryAfter(answer) else { return ownPause(attempt) }
        guard asked <= policy.longestRetryAfter else { return nil }
        return asked > .zero ? asked : ownPause(attempt)
    }

    /// Whether the service says that it did nothing and may be asked again.
    private func turnsAway(_ answer: RawAnswer) -> Bool {
        answer.status == 429 || (answer.status == 503 && retryAfter(answer) != nil)
    }

    private func retryAfter(_ answer: RawAnswer) -> Duration? {
        answer.retryAfter.flatMap { RetryAfter.duration($0, now: pauses.now()) }
    }

    /// Reads the answer, and says of an error what is known of the way to it.
    func read<Value>(
        _ outcome: Outcome, _ body: (RawAnswer) throws(ClientError) -> Value
    ) throws(ClientError) -> Value {
        do throws(ClientError) {
            return try body(outcome.answer)
        } catch {
            var error = error.after(attempts: outcome.attempts)
            error.retryAfter = retryAfter(outcome.answer)
            throw error
        }
    }
}

extension ClientError {
    func after(attempts: Int) -> ClientError {
        var error = self
        error.attempts = attempts
        return error
    }

    fileprivate func at(_ address: String) -> ClientError {
        var error = self
        error.address = address
        return error
    }

    fileprivate func adding(_ text: String) -> ClientError {
        ClientError(code, reason + text)
    }
}
