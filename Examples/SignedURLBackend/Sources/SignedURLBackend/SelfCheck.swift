import FlyingFox
import FlyingSocks
import Foundation
import StreamSigning

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Starts the backend, asks it for a video as a player would, and verifies what it answers with the public key.
struct SelfCheck {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let key: SigningKey
    private let video: VideoID

    init() throws {
        // The key as an operator would have it: in a file, as the API gave it.
        key = try SigningKey.generate()
        video = try VideoID("ea95132c15732412d22c1476fa83f27a")
    }

    func run() async throws {
        let folder = URL.temporaryDirectory.appending(path: "SignedURLBackend-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "key.json")
        let text = try key.streamJSON(created: NumericDate(Date())).reveal()
        let isWritten = FileManager.default.createFile(
            atPath: file.path(), contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        guard isWritten else { throw Failure(description: "cannot write \(file.path())") }

        let configuration = try Configuration([
            Configuration.keyFile: file.path(), Configuration.customerCode: "f33zs165nr7gyfy4",
        ])
        let session = ViewerSession(videos: [video], ends: NumericDate(Date()) + .seconds(600))
        let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: 0), logger: .disabled)
        await server.appendRoute(
            PlaybackRoute.path,
            to: PlaybackRoute(
                service: PlaybackService(key: configuration.key, origin: configuration.origin),
                sessions: { $0 == "alice" ? session : nil }))
        let running = Task { try await server.run() }
        defer { running.cancel() }
        try await server.waitUntilListening()
        try await check(server)
    }

    private func check(_ server: HTTPServer) async throws {
        guard let address = await server.listeningAddress, let port = address.port else {
            throw Failure(description: "the server has no port")
        }
        let path = "http://127.0.0.1:\(port)/videos/\(video)/playback"

        let (refusal, _) = try await get(path, session: nil)
        guard refusal == 401 else { throw Failure(description: "a stranger got \(refusal) instead of 401") }
        let other = "http://127.0.0.1:\(port)/videos/5d5bc37ffcf54c9b82e996823bffbb81/playback"
        let (denial, _) = try await get(other, session: "alice")
        guard denial == 403 else { throw Failure(description: "another video got \(denial) instead of 403") }

        let (status, body) = try await get(path, session: "alice")
        guard status == 200 else { throw Failure(description: "the viewer got \(status) instead of 200") }
        let playback = try JSONDecoder().decode(SignedPlayback.self, from: body)
        for text in [playback.hls, playback.thumbnail] {
            let url = try PlaybackURL(reading: text)
            let verified = try TokenVerifier(keys: KeySet([key.verificationKey]))
                .verify(url.token, for: PlaybackRequest(video: video, path: url.path), at: NumericDate(Date()))
            // The session's end, though a URL may last an hour.
            guard let expires = verified.claims.expires, expires <= NumericDate(Date()) + .seconds(600) else {
                throw Failure(description: "the URL outlives the session")
            }
            print("ok  \(url)  until \(expires)")
        }
    }

    private func get(_ url: String, session: String?) async throws -> (status: Int, body: Data) {
        guard let url = URL(string: url) else { throw Failure(description: "not a URL: \(url)") }
        var request = URLRequest(url: url)
        request.setValue(session, forHTTPHeaderField: PlaybackRoute.sessionHeader.rawValue)
        let (body, response) = try await URLSession.shared.data(for: request)
        return ((response as? HTTPURLResponse)?.statusCode ?? 0, body)
    }
}

extension Socket.Address {
    fileprivate var port: UInt16? {
        switch self {
        case .ip4(_, let port), .ip6(_, let port): port
        default: nil
        }
    }
}
