import StreamSigning
import StreamSigningHTTP

/// SRS 5 and 6, `http_hooks`: JSON, once for each viewer. 200 with the body `0` allows.
extension MediaServer {
    static let srs = MediaServer(name: "srs") { body throws(UnreadableQuestion) in
        let root = try StrictJSON.question(body)
        switch try root.text("action") {
        case "on_play":
            let parameters = try root.optionalText("param") ?? ""
            return .play(
                PlayQuestion(
                    address: try root.optionalText("ip"), path: try root.text("stream"),
                    tokens: PlayQuestion.tokens(inQuery: parameters)))
        case "on_stop", "on_close": return .notice
        default: return .other
        }
    } answer: { verdict in
        switch verdict {
        case .allowed, .noted: .json(Array("0".utf8))
        case .refused, .notPlaying: verdict.statusAnswer
        }
    }
}
