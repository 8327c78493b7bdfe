import StreamSigning
import StreamSigningHTTP

/// Icecast 2.4, `<authentication type="url">`: a form for each listener. The answer is in fields; one of them ends the listener
/// with the token.
extension MediaServer {
    static let icecast = MediaServer(name: "icecast") { body throws(UnreadableQuestion) in
        let form = RequestQuery(String(decoding: body, as: UTF8.self))
        let (actions, mounts, addresses) = (form["action"], form["mount"], form["ip"])
        guard actions.count == 1, let action = actions.first else {
            throw UnreadableQuestion(reason: "the form has no `action`, or more than one")
        }
        switch action {
        case "listener_add":
            guard mounts.count == 1, addresses.count == 1 else {
                throw UnreadableQuestion(reason: "the form has no `mount` or `ip`, or more than one")
            }
            return .play(PlayQuestion(address: addresses[0], path: mounts[0]))
        case "listener_remove": return .notice
        default: return .other
        }
    } answer: { verdict in
        var answer = verdict.statusAnswer
        switch verdict {
        case .allowed(let timeLeft):
            answer.add("icecast-auth-user", "1")
            if let timeLeft { answer.add("icecast-auth-timelimit", "\(max(1, timeLeft.components.seconds))") }
        case .refused(let denial): answer.add("icecast-auth-message", denial.code.rawValue)
        case .notPlaying: answer.add("icecast-auth-message", verdict.reason)
        case .noted: break
        }
        return answer
    }
}
