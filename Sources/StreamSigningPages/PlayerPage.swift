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

    private static func html(_ state: PlayerPageState, mode: String) -> [UInt8] {
        template.filled { gap in
            switch gap {
            case "mode": mode
            case "state": state.denial == nil ? "playable" : "refused"
            case "video": state.video?.rawValue
            case "time": state.time.description
            case "expires": state.expires?.description
            case "code": state.denial?.code.rawValue
            case "message": state.denial?.message
            case "manifest": state.manifest
            case "download": state.download
            case "poster": state.poster
            default: nil
            }
        }
    }
}
