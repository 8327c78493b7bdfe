import Foundation
import StreamSigning

/// What the backend is told by its environment.
struct Configuration: Sendable {
    /// The file with the signing key, in any form: the API's JSON answer, PEM or JWK.
    static let keyFile = "STREAMSIGN_KEY_FILE"
    /// The `<CODE>` in `customer-<CODE>.cloudflarestream.com`.
    static let customerCode = "STREAM_CUSTOMER_CODE"

    let key: SigningKey
    let origin: PlaybackOrigin

    struct Unusable: Error, CustomStringConvertible {
        let description: String
    }

    init(_ environment: [String: String]) throws {
        guard let path = environment[Self.keyFile] else {
            throw Unusable(description: "\(Self.keyFile) names no file: put the path of the signing key there")
        }
        guard let code = environment[Self.customerCode] else {
            throw Unusable(description: "\(Self.customerCode) is not set: it is part of your playback URLs")
        }
        guard let file = FileManager.default.contents(atPath: path) else {
            throw Unusable(description: "\(Self.keyFile) names \(path), which cannot be read")
        }
        key = try SigningKey(importing: file)
        origin = try PlaybackOrigin(customerCode: code)
    }
}
