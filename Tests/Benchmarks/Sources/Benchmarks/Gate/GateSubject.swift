internal import Foundation
internal import StreamSigning

/// A service with a gate, an account, and a key in it.
struct GateSubject {
    static let video = "ea95132c15732412d22c1476fa83f27a"

    let folder: TemporaryFolder
    let service: RunningService
    let account: ServiceAccount
    let key: SigningKey
    let port: UInt16

    /// - Parameters:
    ///   - isShared: whether its keys are in PostgreSQL.
    ///   - limitsRequests: whether its credentials have the usual limit.
    ///   - options: settings other than the usual ones.
    init(isShared: Bool = false, limitsRequests: Bool = false, options: String...) throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("media"), withIntermediateDirectories: true)
        let store = isShared ? ["--database-url", try NodeDatabase(in: folder).url] : []
        // Keys made in advance would be made during the measurement.
        service = try RunningService(
            in: folder,
            options: store + [
                "--gate", "127.0.0.1:0", "--media", folder.path("media"), "--trusted-proxies", "127.0.0.1",
                "--ready-keys", "0",
            ] + options, limitsRequests: limitsRequests)
        port = try service.gatePort()
        account = try service.firstAccount()
        key = try Subject.plain.get().key
        try service.connect(as: account).importKey(key)
    }

    /// The id of one of many videos.
    static func video(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(video.dropLast(digits.utf8.count)) + digits
    }

    /// `/<token>/manifest/video.m3u8`, for so many videos.
    /// - Parameter playFor: for tokens that begin sessions.
    func paths(_ count: Int, signedBy key: SigningKey? = nil, playFor: Duration? = nil) throws -> [String] {
        let signer = TokenSigner(key: key ?? self.key)
        let now = NumericDate(Date())
        let expires = now + .seconds(24 * 3600)
        return try (0..<count).map { number in
            let claims = try PlaybackClaims(
                video: VideoID(Self.video(number)), expires: expires, issuedAt: playFor.map { _ in now },
                playFor: playFor)
            let token = try signer.sign(claims)
            return "/\(token.rawValue)/manifest/video.m3u8"
        }
    }
}

extension HTTPConnection {
    /// Makes the service trust a key.
    func importKey(_ key: SigningKey) throws {
        let pem = try key.verificationKey.pem().replacing("\n", with: #"\n"#)
        try send("POST", "keys", body: #"{"id":"\#(key.id)","pem":"\#(pem)"}"#)
    }
}
