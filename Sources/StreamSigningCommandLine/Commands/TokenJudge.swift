internal import StreamSigning

/// Everything a verification takes besides the token, read and converted.
struct TokenJudge: Sendable {
    let verifier: TokenVerifier
    let asked: RequestOptions.Asked
    /// The time to decide for; nil stands for the time of each decision.
    let time: NumericDate?

    /// - Parameter text: a token, or a playback URL with one.
    func verdict(on text: String, at now: NumericDate) -> Verdict {
        verdicts(on: [text], at: now)[0]
    }

    /// As ``verdict(on:at:)``, with the signatures checked together.
    func verdicts(on texts: [String], at now: NumericDate) -> [Verdict] {
        let presented = texts.map { text in Result { () throws(Denial) in try PresentedToken(reading: text) } }
        let tokens = presented.compactMap { try? $0.get().text }
        var authenticated = verifier.authenticate(tokens).makeIterator()
        return presented.map { presented in
            do throws(Denial) {
                let path = try presented.get().path
                guard let token = authenticated.next() else { throw Denial(.tokenMissing, "there is no token") }
                let verified = try verifier.admit(token.get(), for: asked.request(urlPath: path), at: now)
                return .accepted(Acceptance(token: verified, now: now))
            } catch {
                return .refused(error)
            }
        }
    }

    func noteUncheckedVideo() {
        guard asked.video == nil else { return }
        StandardError.note("any video was accepted: say with --video which one the token must be for")
    }
}

/// Whether one token may play, and why not.
enum Verdict: Sendable {
    case accepted(Acceptance)
    case refused(Denial)

    /// One line for a person.
    var text: String {
        switch self {
        case .accepted(let acceptance): acceptance.text.printable
        case .refused(let denial): "refused: \(denial.description.printable)"
        }
    }

    /// One line for a program.
    var json: String {
        switch self {
        case .accepted(let acceptance): acceptance.json
        case .refused(let denial): denial.json()
        }
    }
}
