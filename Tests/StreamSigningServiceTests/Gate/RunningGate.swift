import Foundation
import Logging
import ServiceLifecycle
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting

@testable import StreamSigningGate
@testable import StreamSigningHTTP
@testable import StreamSigningKeyRing
@testable import StreamSigningStore

/// A gate on a free port of this machine, with a folder of media, for the length of a closure.
struct RunningGate: Sendable {
    static let account = Sample.account("acct")
    static let video = "ea95132c15732412d22c1476fa83f27a"

    let port: Int
    let ring: KeyRing
    let clock: ManualClock
    let folder: ScratchFolder
    let sessions: SigningSessions
    let metrics: GateMetrics
    let connections: ConnectionMetrics

    static var defaultLimits: ServiceLimits {
        var limits = ServiceLimits()
        limits.headerBytes = 64 * 1024
        return limits
    }

    /// Where the video's files are.
    var videoFolder: String { "\(folder.path)/media/\(Self.account)/\(Self.video)" }

    static func run(
        keys: [VerificationKey]? = nil, now: NumericDate = Sample.time, limits: ServiceLimits = defaultLimits,
        maximumAge: Duration? = nil, logger: Logger = Logger(label: "gate") { _ in SwiftLogNoOpLogHandler() },
        _ change: (inout GateConfiguration) -> Void = { _ in },
        body: @Sendable (RunningGate) async throws -> Void
    ) async throws {
        let folder = try ScratchFolder()
        let clock = ManualClock(now: now)
        let ring = KeyRing(
            KeySnapshot(number: ChangeNumber(rawValue: 0), keys: [], revoked: []), maximumAge: maximumAge)
        for key in try keys ?? [SigningKey.testKey.verificationKey] { ring.add(key, of: account) }
        var configuration = GateConfiguration()
        configuration.port = 0
        configuration.media = "\(folder.path)/media"
        configuration.trustedProxies = [try IPNetwork("127.0.0.0/8")]
        configuration.countryHeader = "CF-IPCountry"
        change(&configuration)
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/media/\(account)/\(video)", withIntermediateDirectories: true)
        let sessions = SigningSessions(ring, of: account, clock)
        let (metrics, connections) = (GateMetrics(), ConnectionMetrics(.gate))
        let media = try configuration.media.map { try MediaFolder($0) }
        let server = GateServer(
            configuration, folder: media, limits: limits, tls: nil, ring: ring, sessions: sessions, countries: nil,
            metrics: metrics, connections: connections, logger: logger, now: { clock.now })
        let listener = try await server.bind()
        var services: [any Service] = [listener]
        if let media { services.append(MediaFollower(media, logger: logger)) }
        let group = ServiceGroup(services: services, logger: logger)
        let task = Task { try await group.run() }
        let gate = RunningGate(
            port: listener.port, ring: ring, clock: clock, folder: folder, sessions: sessions, metrics: metrics,
            connections: connections)
        let result = await Result(catching: { () async throws in try await body(gate) })
        await group.triggerGracefulShutdown()
        try await task.value
        try result.get()
    }

    /// Writes a file of the video.
    /// - Parameter modified: when it says that it was written; nil for now.
    func put(_ path: String, _ bytes: [UInt8], modified: Date? = nil) throws {
        let place = "\(videoFolder)/\(path)"
        try FileManager.default.createDirectory(
            atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: place))
        if let modified { try FileManager.default.setAttributes([.modificationDate: modified], ofItemAtPath: place) }
    }

    func token(
        expires: Duration = .seconds(3600), notBefore: NumericDate? = nil, downloadable: Bool = false,
        rules: [AccessRule] = [], playFor: Duration? = nil, key: SigningKey? = nil
    ) throws -> String {
        let key = if let key { key } else { try SigningKey.testKey }
        let claims = try PlaybackClaims(
            video: VideoID(Self.video), expires: clock.now + expires, notBefore: notBefore,
            isDownloadable: downloadable, rules: rules, issuedAt: playFor.map { _ in clock.now }, playFor: playFor)
        return try TokenSigner(key: key).sign(claims).rawValue
    }

    func get(
        _ target: String, method: String = "GET", host: String = "gate.example", _ fields: [(String, String)] = []
    ) async throws -> RawAnswer {
        try await RawClient.get(target, method: method, host: host, fields, port: port)
    }
}
