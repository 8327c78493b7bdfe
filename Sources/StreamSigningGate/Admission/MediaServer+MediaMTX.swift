import StreamSigning
import StreamSigningHTTP

/// MediaMTX, `authMethod: http`: JSON, once for each reader. 20x allows; after a 401 it asks RTSP clients for credentials.
extension MediaServer {
    static let mediaMTX = MediaServer(name: "mediamtx") { body throws(UnreadableQuestion) in
        let root = try StrictJSON.question(body)
        let action = try root.text("action")
        guard ["read", "playback"].contains(action) else { return .other }
        let tokens = [try root.optionalText("token"), try root.optionalText("password")].compactMap { $0 }
        let query = try root.optionalText("query") ?? ""
        return .play(
            PlayQuestion(
                address: try root.optionalText("ip"), path: try root.text("path"),
                tokens: tokens + PlayQuestion.tokens(inQuery: query)))
    } answer: {
        $0.statusAnswer
    }
}
