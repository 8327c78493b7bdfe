import StreamSigning
import StreamSigningHTTP

/// nginx-rtmp 1.2: `on_play` once, `on_update` at intervals, so that a running stream ends with its token. A form over HTTP/1.0;
/// 2xx goes on, anything else drops the viewer.
extension MediaServer {
    static let nginxRTMP = MediaServer(name: "nginx-rtmp") { body throws(UnreadableQuestion) in
        let form = RequestQuery(String(decoding: body, as: UTF8.self))
        // The viewer's own arguments come behind the server's, under whatever names the viewer has given them.
        let (calls, names, addresses) = (form["call"], form["name"], form["addr"])
        guard calls.count == 1, let call = calls.first else {
            throw UnreadableQuestion(reason: "the form has no `call`, or more than one")
        }
        switch call {
        case "play", "update_play":
            guard names.count == 1, addresses.count == 1 else {
                throw UnreadableQuestion(reason: "the form has no `name` or `addr`, or more than one")
            }
            return .play(PlayQuestion(address: addresses[0], path: names[0], tokens: form["token"]))
        // `on_update` is for everybody of an application, and a refusal would end what others have let somebody publish.
        case "play_done", "done", "disconnect", "update_publish": return .notice
        default: return .other
        }
    } answer: {
        $0.statusAnswer
    }
}
