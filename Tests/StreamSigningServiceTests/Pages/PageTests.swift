import StreamSigning
import StreamSigningStoreTesting
import Testing

@testable import StreamSigningPages

@Suite("Pages")
struct PageTests {
    private static let hostile = #""'><script>alert(1)</script>&{{code}}"#

    private func text(_ page: Page) -> String { String(decoding: page.bytes, as: UTF8.self) }

    private var pages: [Page] {
        let playable = PlayerPageState(time: 0, manifest: "manifest/video.m3u8")
        return [PlayerPage.watch(playable), PlayerPage.iframe(playable), InspectorPage.page]
    }

    @Test("put nothing but text where a state has markup, and fill no gap twice")
    func escaping() {
        let denial = Denial(.expired, Self.hostile)
        let state = PlayerPageState(
            time: 0, denial: denial, manifest: Self.hostile, download: Self.hostile, poster: Self.hostile)
        for page in [PlayerPage.watch(state), PlayerPage.iframe(state)].map(text) {
            #expect(page.ranges(of: "<script").count == 1)
            #expect(page.ranges(of: "&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;{{code}}").count == 4)
        }
    }

    @Test("say why, and show no player, when the token is refused")
    func refused() {
        let page = text(PlayerPage.watch(PlayerPageState(time: 0, denial: Denial(.expired, "it is over"))))
        #expect(page.contains(#"<html lang="en" class="watch refused">"#))
        #expect(page.contains(#"<p id="message">it is over</p>"#))
        #expect(page.contains(#"<code id="code">expired</code>"#))
    }

    @Test("know what to call every refusal that they may meet while they play")
    func headlines() {
        let page = text(PlayerPage.watch(PlayerPageState(time: 0)))
        for code in Denial.Code.allCases {
            #expect(page.contains("&quot;\(code)&quot;:&quot;\(code.headline)&quot;"))
        }
        #expect(page.contains(#" data-passing="key_disabled not_yet_valid keys_stale session_unavailable">"#))
    }

    @Test("leave no gap open")
    func gaps() {
        for page in pages.map(text) {
            #expect(!page.contains("{{") && !page.contains("}}"))
        }
    }

    @Test("are made of files that are there, and have no script or style of their own")
    func assets() {
        for page in pages.map(text) {
            let links = page.matches(of: /(?:src|href)="(?:\.\.\/)?-\/([^"]+)"/).map(\.1)
            #expect(links.count >= 4)
            for link in links { #expect(PageAsset.named(link) != nil, "\(link)") }
            #expect(page.ranges(of: /<script(?![^>]* src=")|<style|\sstyle=|\son[a-z]+=|javascript:/).isEmpty)
        }
    }

    @Test(
        "name scripts that are there",
        arguments: ["countdown.js", "inspector.js", "playback.js", "player.js", "prose.js", "timeline.js", "token.js"])
    func imports(name: String) throws {
        let script = text(try #require(PageAsset.named(name[...])))
        for link in script.matches(of: /from "\.\/([^"]+)"/).map(\.1) {
            #expect(PageAsset.named(link) != nil, "\(link)")
        }
        let forbidden = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|https?:\/\//
        #expect(script.ranges(of: forbidden).isEmpty)
    }

    @Test(
        "give no file for another name",
        arguments: ["", ".", "..", "player", "player.html", "../player.js", "PLAYER.JS", "a/b"])
    func unknown(name: String) {
        #expect(PageAsset.named(name[...]) == nil)
    }

    @Test("let only the frame's page into frames, and nothing from anywhere else")
    func policy() {
        let policies = pages.map(\.contentSecurityPolicy)
        #expect(policies.map { $0.hasSuffix("frame-ancestors *") } == [false, true, false])
        #expect(policies.map { $0.hasSuffix("frame-ancestors 'none'") } == [true, false, true])
        for policy in policies {
            #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'; "))
            #expect(!policy.contains("unsafe") && !policy.contains("http"))
        }
    }
}
