import Foundation
import NIOSSL
import StreamSigning
import StreamSigningHTTP
import StreamSigningTesting
import Testing

@testable import StreamSigningGate

@Suite("The certificate of the listeners")
struct CertificateFollowerTests {
    private let files: CertificateFiles
    private let log = LogRecorder()
    /// A minute ahead: what is made now is good from the second on in which it was ready.
    private let clock = ManualClock(now: NumericDate(Date()) + .seconds(60))

    init() throws {
        files = try CertificateFiles()
    }

    private func follower() throws -> CertificateFollower {
        try CertificateFollower(files.configuration, logger: log.logger, now: { [clock] in clock.now })
    }

    @Test("is read with its key, and nothing is said about a good one")
    func good() throws {
        try files.make()
        _ = try follower()
        #expect(log.lines.isEmpty)
    }

    @Test("is refused with the name of the file at fault")
    func refused() throws {
        try files.make()
        try files.make("two", certificate: "other.pem", key: "other.key")
        let folder = files.folder.path
        let (certificate, key) = ("\(folder)/server.pem", "\(folder)/server.key")
        let cases = [
            (
                certificate, "\(folder)/other.key", "\(folder)/other.key",
                "not the private key of the certificate in \(certificate)"
            ),
            (certificate, certificate, certificate, "a certificate, and no private key"),
            (key, key, key, "a private key, and no certificate"),
            ("\(folder)/none", key, "\(folder)/none", "no such file or directory"),
            (certificate, "\(folder)/none", "\(folder)/none", "no such file or directory"),
        ]
        for (certificate, key, subject, reason) in cases {
            let failure = #expect(throws: ServiceFailure.self) {
                let files = ServiceConfiguration.TLS(certificateFile: certificate, keyFile: key)
                return try CertificateFollower(files, logger: log.logger, now: { [clock] in clock.now })
            }
            #expect(failure?.subject == subject && failure?.reason == reason)
        }
    }

    @Test(
        "is warned of when it is weak",
        arguments: [
            (["-newkey", "rsa:1024", "-days", "90"], "is weak: its key has 1024 bits"),
            (
                ["-newkey", "rsa:2048", "-sha1", "-days", "90"],
                "is weak: its signature is of a kind that can be forged"
            ),
            (["-newkey", "rsa:2048", "-days", "90"], nil), (["-newkey", "ed25519", "-days", "90"], nil),
        ])
    func weak(arguments: [String], warning: String?) throws {
        try files.make("one", arguments)
        _ = try follower()
        #expect(log.lines.allSatisfy { $0.contains(warning ?? "nothing") }, "\(log.lines)")
        #expect(log.lines.isEmpty == (warning == nil))
    }

    @Test("is warned of when its time is over, soon is, or has not come", arguments: offsets)
    func time(offset: Int64, warning: String?) throws {
        try files.make()
        clock.advance(by: .seconds(offset))
        _ = try follower()
        #expect(log.lines.count == (warning == nil ? 0 : 1))
        if let warning { #expect(log.lines.first?.hasPrefix("warning the certificate \(warning)") == true) }
    }

    /// In seconds from the making of a certificate that is good for 90 days.
    static let offsets: [(Int64, String?)] = [
        (0, nil), (90 * 86_400 + 60, "has expired"), (84 * 86_400, "expires soon"), (82 * 86_400, nil),
        (-86_400, "is not valid yet"),
    ]

    @Test("is warned of again a day later")
    func again() throws {
        try files.make("one", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-days", "3"])
        let follower = try follower()
        for (hours, count) in [(23, 1), (1, 2), (23, 2), (1, 3)] {
            clock.advance(by: .seconds(Int64(hours) * 3600))
            follower.look()
            #expect(log.lines.count == count)
        }
    }

    @Test("is followed when both files have been replaced, and no sooner")
    func followed() throws {
        try files.make()
        let follower = try follower()
        let first = follower.context
        follower.look()
        #expect(follower.context === first)
        try files.make("two")
        follower.look()
        #expect(follower.context === first, "the other file may be about to follow")
        follower.look()
        #expect(follower.context !== first)
        #expect(log.lines.count == 1 && log.lines[0].hasPrefix("notice certificate is read"))
        let second = follower.context
        follower.look()
        #expect(follower.context === second)
    }

    @Test("stays what it was while the new pair cannot be used, which is said once")
    func broken() throws {
        try files.make()
        let follower = try follower()
        let first = follower.context
        try files.make("two", certificate: "server.pem", key: "next.key")
        for _ in 0..<5 { follower.look() }
        #expect(follower.context === first)
        #expect(log.lines.count == 1)
        #expect(log.lines[0].hasPrefix("error certificate cannot be read, and stays what it was"))
        try files.move("next.key", to: "server.key")
        for _ in 0..<2 { follower.look() }
        #expect(follower.context !== first && log.lines.count == 2)
    }

    @Test("is read at once when the operator says so")
    func reload() async throws {
        try files.make()
        let follower = try follower()
        let first = follower.context
        try files.make("two")
        await follower.reload()
        #expect(follower.context !== first)
        follower.look()
        #expect(log.lines.count == 1)
    }
}
