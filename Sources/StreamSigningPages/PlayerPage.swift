import StreamSigning

/// The pages that play a video: `/<token>/watch` for people and `/<token>/iframe` for other pages.
package enum PlayerPage {
    package static func watch(_ state: PlayerPageState) -> Page {
        Page(html: html(state, mode: "watch"))
    }

    package static func iframe(_ state: PlayerPageState) -> Page {
        Page(html: html(state, mode: "iframe"), embeddable: true)
    }

    private static let template = PageTemplate(PackageResources.player_html)

    /// A headline for each refusal that the page may meet during playback, as a JSON object by code.
    private static let headlines: String = {
        var writer = JSONWriter()
        writer.object {
            for code in Denial.Code.allCases {
                $0.name(computed: code.rawValue)
                $0.string(code.headline)
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }()

    /// The codes after which trying again may help.
    private static let passing = Denial.Code.allCases.filter(\.isPassing).map(\.rawValue).joined(separator: " ")

    private static func html(_ state: PlayerPageState, mode: String) -> [UInt8] {
        template.filled { gap in
            switch gap {
            case "mode": mode
            case "state": state.denial == nil ? "playable" : "refused"
            case "video": state.video?.rawValue
            case "time": state.time.description
            case "expires": state.expires?.description
            case "ending": state.isInSession ? "Playback ends" : "Link expires"
            case "code": state.denial?.code.rawValue
            case "message": state.denial?.message
            case "manifest": state.manifest
            case "download": state.download
            case "poster": state.poster
            case "headlines": headlines
            case "passing": passing
            default: nil
            }
        }
    }
}
