import Foundation
import Testing

@testable import StreamSigning

/// PyJWT and joserfc, through `Peers/jose_peer.py`.
enum JOSEPeer: String, CaseIterable, Sendable {
    case pyjwt, joserfc

    struct NotThere: Error, CustomStringConvertible {
        let description: String
    }

    /// `STREAMSIGN_PYTHON`, or what `scripts/setup --for-tests` made.
    private static func interpreter() throws -> String {
        if let path = ProcessInfo.processInfo.environment["STREAMSIGN_PYTHON"] { return path }
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let path = root.appending(path: ".build/python/bin/python3").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw NotThere(description: "no \(path) to ask PyJWT and joserfc with: run scripts/setup --for-tests")
        }
        return path
    }

    private static func ask(_ question: [String: Any]) throws -> JSONRow {
        guard let script = Bundle.module.resourceURL?.appending(path: "Peers/jose_peer.py") else {
            throw Vectors.Missing(path: "Peers/jose_peer.py")
        }
        let input = try JSONSerialization.data(withJSONObject: question)
        return try JSONRow(parsing: Subprocess.run(interpreter(), [script.path], input: input).output)
    }

    private static func object(_ text: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(text.utf8))
    }

    /// The claims each peer reads from each token, as JSON with sorted members; nil where it refuses the token.
    static func verify(_ tokens: [String], with key: VerificationKey) throws -> [JOSEPeer: [String?]] {
        let answer = try ask(["do": "verify", "jwk": object(key.jwk()), "pem": key.pem(), "tokens": tokens])
        return try Dictionary(
            uniqueKeysWithValues: allCases.map { peer in
                (peer, try answer.required(peer.rawValue, as: [Any].self).map { $0 is NSNull ? nil : try sorted($0) })
            })
    }

    /// Tokens each peer signs, from headers and claims in JSON.
    static func sign(_ tokens: [(header: String, claims: String)], with key: SigningKey) throws -> [JOSEPeer: [String]]
    {
        let wanted = try tokens.map { [try object($0.header), try object($0.claims)] }
        let question: [String: Any] = [
            "do": "sign", "jwk": try object(key.jwk().reveal()), "pem": try key.pem(.pkcs8).reveal(), "tokens": wanted,
        ]
        let answer = try ask(question)
        return try Dictionary(uniqueKeysWithValues: allCases.map { ($0, try answer.required($0.rawValue)) })
    }

    static func thumbprint(_ key: VerificationKey) throws -> String {
        try ask(["do": "thumbprint", "jwk": object(key.jwk())]).required("joserfc")
    }

    /// One text for equal JSON values.
    static func sorted(_ json: String) throws -> String {
        try sorted(object(json))
    }

    private static func sorted(_ value: Any) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: value, options: .sortedKeys), as: UTF8.self)
    }
}
