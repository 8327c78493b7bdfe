/// The files that pages use, under `/-/NAME`. `-` can be neither a token nor a video's id.
package enum PageAsset {
    package static func named(_ name: Substring) -> Page? {
        all[String(name)]
    }

    private static let all: [String: Page] = [
        "page.css": Page(asset: PackageResources.page_css, contentType: "text/css; charset=utf-8"),
        "player.css": Page(asset: PackageResources.player_css, contentType: "text/css; charset=utf-8"),
        "player.js": Page(asset: PackageResources.player_js, contentType: "text/javascript; charset=utf-8"),
        "playback.js": Page(asset: PackageResources.playback_js, contentType: "text/javascript; charset=utf-8"),
        "countdown.js": Page(asset: PackageResources.countdown_js, contentType: "text/javascript; charset=utf-8"),
        "inspector.css": Page(asset: PackageResources.inspector_css, contentType: "text/css; charset=utf-8"),
        "inspector.js": Page(asset: PackageResources.inspector_js, contentType: "text/javascript; charset=utf-8"),
        "prose.js": Page(asset: PackageResources.prose_js, contentType: "text/javascript; charset=utf-8"),
        "timeline.js": Page(asset: PackageResources.timeline_js, contentType: "text/javascript; charset=utf-8"),
        "token.js": Page(asset: PackageResources.token_js, contentType: "text/javascript; charset=utf-8"),
        "icon.svg": Page(asset: PackageResources.icon_svg, contentType: "image/svg+xml"),
    ]
}
