import Foundation
import StreamSigning
import Testing

/// A row of `attacks.json`: a token, what is known, and what is expected of it.
struct AttackRow: Sendable, CustomTestStringConvertible {
    enum Expectation: String, Sendable {
        case accept, reject, either
    }

    let name: String
    let token: String
    let jwks: String
    let now: NumericDate
    let video: String
    let address: String?
    let country: String?
    let isDownload: Bool
    let expectation: Expectation
    let layer: String

    var testDescription: String { name }

    init(_ row: JSONRow) throws {
        name = try row.required("name")
        token = try row.required("token")
        let keys = try row.required("jwks", as: [[String: Any]].self)
        jwks = String(decoding: try JSONSerialization.data(withJSONObject: ["keys": keys]), as: UTF8.self)
        now = NumericDate(secondsSince1970: Int64(try row.required("now", as: Int.self)))
        video = try row.required("video")
        address = row.optional("client_ip")
        country = row.optional("country")
        isDownload = try row.required("download")
        guard let expected = Expectation(rawValue: try row.required("expect")) else {
            throw JSONRow.Malformed(member: "expect")
        }
        expectation = expected
        layer = try row.required("layer")
    }

    static func all() throws -> [AttackRow] {
        try Vectors.rows("attacks.json").map(AttackRow.init)
    }

    func verdicts() throws -> Verdicts {
        let request = PlaybackRequest(
            video: try VideoID(video), path: isDownload ? "downloads/default.mp4" : "manifest/video.m3u8",
            address: address.flatMap { IPAddress($0) }, country: try country.map { try CountryCode($0) })
        var verdicts = Verdicts(keys: try KeySet(importing: jwks), request: request)
        verdicts.now = now
        return verdicts
    }
}
