internal import Foundation
internal import StreamSigning

/// The dearest requests that a tenant may send: as large as they may be, and of the kinds that cost the most.
struct ExpensiveRequests: Sendable {
    struct Request: Sendable {
        let account: ServiceAccount
        let path: String
        let body: String
    }

    let all: [Request]

    /// A request's body by default.
    private static let bodyBytes = 65_536

    /// Registers the tenant's key, which has 4,096 bits.
    /// - Parameter credentials: all of one account. They take turns, so that a limit for each credential is not all that
    ///   protects the others.
    init(with credentials: [ServiceAccount], to service: RunningService) throws {
        let key = try SigningKey.generate(bits: 4096)
        try service.connect(as: credentials[0]).importKey(key)
        let bare = try Self.withoutPrimes(key)
        let bodies = [
            ("keys", try Self.body(["jwk": try Self.set(of: bare)])),
            (ServiceAccount.tokenPath, try Self.body(["id": key.id.rawValue, "pem": Self.text(bare)])),
            ("keys", try Self.body(["jwk": Self.text(bare)])),
            ("explain", try Self.body(["token": Self.token(signedBy: key)])),
            (ServiceAccount.tokenPath, Self.manyMembers),
        ]
        // Every request goes out with every credential: the numbers have no common factor.
        all = (0..<bodies.count * credentials.count).map { number in
            let (path, body) = bodies[number % bodies.count]
            return Request(account: credentials[number % credentials.count], path: path, body: body)
        }
    }

    /// The members of a key whose primes have to be found again.
    private static func withoutPrimes(_ key: SigningKey) throws -> [String: String] {
        let members = try JSONDecoder().decode([String: String].self, from: Data(key.jwk().reveal().utf8))
        return members.filter { ["kty", "n", "e", "d"].contains($0.key) }
    }

    /// The key again and again, under as many names as a body has room for.
    private static func set(of key: [String: String]) throws -> String {
        var keys: [[String: String]] = []
        var text = ""
        while true {
            keys.append(key.merging(["kid": "k\(keys.count)"]) { $1 })
            let next = #"{"keys":[\#(try keys.map(Self.text).joined(separator: ","))]}"#
            guard try body(["jwk": next]).utf8.count <= bodyBytes else { return text }
            text = next
        }
    }

    private static func token(signedBy key: SigningKey) throws -> String {
        let networks = try (0..<60).map { try IPNetwork("203.0.113.\($0)/32") }
        let rules = (0..<4).map { _ in AccessRule.block(.addresses(networks)) }
        let claims = try PlaybackClaims(
            video: VideoID("ea95132c15732412d22c1476fa83f27a"), expires: NumericDate(Date()) + .seconds(3600),
            rules: rules)
        return try TokenSigner(key: key).sign(claims).rawValue
    }

    /// Unknown members, which are ignored.
    private static let manyMembers = "{" + (0..<6_000).map { #""m\#($0)":0"# }.joined(separator: ",") + "}"

    private static func text(_ members: [String: String]) throws -> String {
        try body(members)
    }

    private static func body(_ members: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(members), as: UTF8.self)
    }
}
