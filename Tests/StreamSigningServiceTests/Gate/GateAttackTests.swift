import Foundation
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningHTTP

/// The token corpus of the core's tests, over HTTP.
@Suite("Token attacks on the gate")
struct GateAttackTests {
    struct Row {
        let name: String
        let token: String
        let keys: KeySet
        let jwks: String
        let now: NumericDate
        let video: VideoID
        let address: String?
        let country: String?
        let isDownload: Bool

        var path: String { isDownload ? "downloads/default.mp4" : "manifest/video.m3u8" }

        init(_ row: [String: Any]) throws {
            func member<Value>(_ name: String, _: Value.Type = Value.self) throws -> Value {
                try #require(row[name] as? Value, "\(name)")
            }
            name = try member("name")
            token = try member("token")
            let set = ["keys": try member("jwks", [[String: Any]].self)]
            jwks = String(
                decoding: try JSONSerialization.data(withJSONObject: set, options: .sortedKeys), as: UTF8.self)
            keys = try KeySet(importing: jwks)
            now = NumericDate(secondsSince1970: Int64(try member("now", Int.self)))
            video = try VideoID(member("video"))
            address = row["client_ip"] as? String
            country = row["country"] as? String
            isDownload = try member("download")
        }

        /// What the library says.
        var code: Denial.Code? {
            let request = PlaybackRequest(
                video: video, path: path, address: address.flatMap { IPAddress($0) },
                country: country.flatMap { try? CountryCode($0) })
            do throws(Denial) {
                _ = try TokenVerifier(keys: keys).verify(token, for: request, at: now)
                return nil
            } catch {
                return error.code
            }
        }

        /// What a path may hold is written literally; the rest is encoded, as every client has to.
        var target: String {
            let segment = token.utf8.map { byte in
                let isPlain =
                    UnicodeScalar(byte).properties.isAlphabetic && byte < 0x80
                    || "0123456789-_.~=+".utf8.contains(byte)
                return isPlain
                    ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
            return "/\(segment)/\(path)"
        }

        var fields: [(String, String)] {
            (address.map { [("X-Forwarded-For", $0)] } ?? []) + (country.map { [("CF-IPCountry", $0)] } ?? [])
        }
    }

    static func rows() throws -> [Row] {
        let vectors = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "StreamSigningTests/Vectors/attacks.json")
        let rows = try JSONSerialization.jsonObject(with: Data(contentsOf: vectors))
        return try #require(rows as? [[String: Any]]).map(Row.init)
    }

    @Test("get the library's verdicts, twice")
    func verdicts() async throws {
        let rows = try Self.rows()
        #expect(rows.count == 215)
        // One gate for each set of keys.
        for (_, rows) in Dictionary(grouping: rows, by: \.jwks) {
            try await RunningGate.run(keys: Array(rows[0].keys.keys)) { gate in
                for row in rows { try await compare(row, gate) }
            }
        }
    }

    private func compare(_ row: Row, _ gate: RunningGate) async throws {
        let content = Array("of \(row.video)".utf8)
        let file = "../\(row.video)/\(row.path)"
        try gate.put(file, content)
        gate.clock.now = row.now
        for _ in 0..<2 {
            let answer = try await gate.get(row.target, row.fields)
            switch row.code {
            case nil:
                #expect(answer.status == 200 && answer.body == content, "\(row.name)")
            case .videoMismatch?:
                // The gate takes the video from the token, so another one's file cannot even be asked for.
                #expect(answer.body != content, "\(row.name)")
            case .tokenMalformed? where row.token.withBytes(\.isStreamID):
                // The library is asked about a token. The gate also recognises a video's id in a token's place.
                #expect(answer.denial == "token_missing", "\(row.name)")
            case let code?:
                #expect(answer.denial == code.rawValue, "\(row.name): \(answer.status) \(answer.text)")
            }
        }
        try FileManager.default.removeItem(atPath: "\(gate.videoFolder)/\(file)")
    }
}
