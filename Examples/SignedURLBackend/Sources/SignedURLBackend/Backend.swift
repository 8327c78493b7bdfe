import FlyingFox
import FlyingSocks
import Foundation
import StreamSigning

/// A backend that gives viewers signed URLs. It signs by itself: no request leaves it.
@main
enum Backend {
    static func main() async {
        do {
            switch CommandLine.arguments.dropFirst() {
            case []: try await serve()
            case ["--self-check"]: try await SelfCheck().run()
            default: fail("usage: SignedURLBackend [--self-check]")
            }
        } catch {
            fail("\(error)")
        }
    }

    private static func serve() async throws {
        let configuration = try Configuration(ProcessInfo.processInfo.environment)
        let service = PlaybackService(key: configuration.key, origin: configuration.origin)
        let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: 8080))
        await server.appendRoute(PlaybackRoute.path, to: PlaybackRoute(service: service, sessions: try demoSessions()))
        print(
            "try: curl -H 'Viewer-Session: alice' http://127.0.0.1:8080/videos/ea95132c15732412d22c1476fa83f27a/playback"
        )
        try await server.run()
    }

    /// Alice, who is signed in for two hours and may watch one video.
    private static func demoSessions() throws -> ViewerSession.Directory {
        let ends = NumericDate(Date()) + .seconds(7200)
        let alice = ViewerSession(videos: [try VideoID("ea95132c15732412d22c1476fa83f27a")], ends: ends)
        return { $0 == "alice" ? alice : nil }
    }

    private static func fail(_ message: String) -> Never {
        FileHandle.standardError.write(Data("SignedURLBackend: \(message)\n".utf8))
        exit(1)
    }
}
