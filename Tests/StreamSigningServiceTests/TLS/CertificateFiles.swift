import Foundation

@testable import StreamSigningGate

/// Certificates with their keys, as `openssl` makes them.
struct CertificateFiles {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    var configuration: ServiceConfiguration.TLS {
        .init(certificateFile: "\(folder.path)/server.pem", keyFile: "\(folder.path)/server.key")
    }

    /// Makes a pair, in the place of the one that is there.
    /// - Parameters:
    ///   - name: the subject.
    ///   - arguments: for `openssl req -x509`.
    func make(
        _ name: String = "one", certificate: String = "server.pem", key: String = "server.key",
        _ arguments: [String] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-days", "90"]
    ) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["openssl", "req", "-x509", "-nodes", "-subj", "/CN=\(name)"] + arguments
            + ["-out", "\(folder.path)/\(certificate).new", "-keyout", "\(folder.path)/\(key).new"]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        for file in [certificate, key] { try move("\(file).new", to: file) }
    }

    func move(_ file: String, to place: String) throws {
        guard rename("\(folder.path)/\(file)", "\(folder.path)/\(place)") == 0 else {
            throw CocoaError(.fileWriteUnknown)
        }
    }
}
