internal import Foundation
internal import StreamSigning

/// Keys to delete, each with a token that is good until then.
///
/// A thousand pairs take minutes to make. A pair may serve once in each account, under another id, and no gate can tell.
struct RevocableKeys {
    struct Entry: Sendable {
        let account: ServiceAccount
        let id: String
        let importBody: String
        let token: String
    }

    let entries: [Entry]

    /// So many of each account.
    init(_ count: Int, of accounts: [ServiceAccount]) throws {
        let expires = NumericDate(Date()) + .seconds(3600)
        let claims = try PlaybackClaims(video: VideoID("ea95132c15732412d22c1476fa83f27a"), expires: expires)
        var entries: [Entry] = []
        for _ in 0..<count {
            let pem = try SigningKey.generate().pem()
            for account in accounts {
                let id = ForeignKey().id
                let key = try pem.withUnsafeBytes { try SigningKey(importing: $0, id: KeyID(id)) }
                let body = ["id": id, "pem": try key.verificationKey.pem()]
                entries.append(
                    Entry(
                        account: account, id: id,
                        importBody: String(decoding: try JSONEncoder().encode(body), as: UTF8.self),
                        token: try TokenSigner(key: key).sign(claims).rawValue))
            }
        }
        self.entries = entries
    }
}
