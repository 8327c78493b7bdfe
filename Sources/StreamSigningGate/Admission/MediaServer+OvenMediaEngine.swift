import StreamSigning
import StreamSigningHTTP

/// OvenMediaEngine, `AdmissionWebhooks`: JSON when a connection opens and when it closes. The answer says how many milliseconds
/// a viewer may stay.
extension MediaServer {
    static let ovenMediaEngine = MediaServer(name: "ovenmediaengine") { body throws(UnreadableQuestion) in
        let root = try StrictJSON.question(body)
        let (client, request) = (try root.object("client"), try root.object("request"))
        guard try request.text("status") != "closing" else { return .notice }
        guard try request.text("direction") == "outgoing" else { return .other }
        // `rtmp://host/app/stream?query`, and with HLS `/app/stream/playlist.m3u8`.
        let url = try request.text("url")
        guard let authority = url.firstRange(of: "://")?.upperBound else {
            throw UnreadableQuestion(reason: "`url` is not a URL")
        }
        let parts = url[authority...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let segments = parts[0].split(separator: "/").dropFirst()
        guard let stream = segments.dropFirst().first ?? segments.first else {
            throw UnreadableQuestion(reason: "`url` names no stream")
        }
        return .play(
            PlayQuestion(
                address: try client.optionalText("address"), forwardedAddress: try client.optionalText("real_ip"),
                path: String(stream), tokens: parts.count == 2 ? PlayQuestion.tokens(inQuery: parts[1]) : []))
    } answer: { verdict in
        var writer = JSONWriter()
        writer.object {
            switch verdict {
            case .allowed(let timeLeft):
                $0.member("allowed", true)
                $0.member("lifetime", timeLeft.map { Int(max(1, $0.inMilliseconds)) } ?? 0)
            case .refused, .notPlaying:
                $0.member("allowed", false)
                $0.member("reason", verdict.reason)
            case .noted: break
            }
        }
        // Other statuses count as a failure of the webhook.
        return .json(writer.bytes)
    }
}
