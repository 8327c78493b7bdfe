import NIOHTTP1
import StreamSigning
import StreamSigningHTTP
import StreamSigningStore

/// What a request is for, read once from its method and path.
enum APIRoute: Sendable, Hashable {
    case createKey(AccountID)
    case listKeys(AccountID)
    case showKey(AccountID, String)
    case updateKey(AccountID, String)
    case deleteKey(AccountID, String)
    case deleteUnusedKey(AccountID, String)
    case createToken(AccountID, String)
    case addRevocations(AccountID)
    case listRevocations(AccountID)
    case showRevocation(AccountID, String)
    case liftRevocation(AccountID, String)
    case jwks(AccountID)
    case explain(AccountID)
    case feed, beginSession, reportUses
    case inspector
    case asset(String)
    case health, readiness, metrics

    /// Whether its requests have a body.
    var takesBody: Bool {
        switch self {
        case .createKey, .updateKey, .createToken, .addRevocations, .explain, .beginSession,
            .reportUses:
            true
        case .listKeys, .showKey, .deleteKey, .deleteUnusedKey, .listRevocations, .showRevocation, .liftRevocation,
            .jwks, .feed, .inspector, .asset, .health, .readiness, .metrics:
            false
        }
    }

    static let basePath = "/client/v4"
    private static let accountsPath = basePath + "/accounts/"

    /// The path with its variable parts named, for metrics and logs.
    var template: String {
        switch self {
        case .createKey, .listKeys: "\(Self.basePath)/accounts/{account_id}/stream/keys"
        case .showKey, .updateKey, .deleteKey: "\(Self.basePath)/accounts/{account_id}/stream/keys/{identifier}"
        case .deleteUnusedKey: "\(Self.basePath)/accounts/{account_id}/stream/keys/{identifier}/unused"
        case .createToken: "\(Self.basePath)/accounts/{account_id}/stream/{identifier}/token"
        case .addRevocations, .listRevocations: "\(Self.basePath)/accounts/{account_id}/stream/revocations"
        case .showRevocation, .liftRevocation:
            "\(Self.basePath)/accounts/{account_id}/stream/revocations/{identifier}"
        case .jwks: "\(Self.basePath)/accounts/{account_id}/stream/keys/jwks.json"
        case .explain: "\(Self.basePath)/accounts/{account_id}/stream/explain"
        case .feed: "\(Self.basePath)/feed"
        case .beginSession: "\(Self.basePath)/feed/sessions"
        case .reportUses: "\(Self.basePath)/feed/uses"
        case .inspector: "/inspector"
        case .asset: "/-/{name}"
        case .health: "/healthz"
        case .readiness: "/readyz"
        case .metrics: "/metrics"
        }
    }

    enum Match: Sendable {
        case route(APIRoute)
        case methodNotAllowed(allowed: String)
        case notFound
    }

    /// - Parameter path: as it is in the request, without the query. Percent-encoding is decoded only in the id of a key,
    ///   because an imported key keeps the id it came with; no other part of our paths needs it.
    static func match(_ method: HTTPMethod, path: Substring) -> Match {
        switch path {
        case "/healthz": return only(.health, method)
        case "/readyz": return only(.readiness, method)
        case "/metrics": return only(.metrics, method)
        case basePath + "/feed": return only(.feed, method)
        case basePath + "/feed/sessions":
            return method == .POST ? .route(.beginSession) : .methodNotAllowed(allowed: "POST")
        case basePath + "/feed/uses":
            return method == .POST ? .route(.reportUses) : .methodNotAllowed(allowed: "POST")
        case "/inspector": return only(.inspector, method)
        case _ where path.utf8.starts(with: "/-/".utf8): return only(.asset(String(path.dropFirst(3))), method)
        default: break
        }
        // Compared as bytes: characters would cost more than everything else on a request's way to here.
        guard path.utf8.starts(with: accountsPath.utf8) else { return .notFound }
        let parts = path.utf8.dropFirst(accountsPath.utf8.count)
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Substring($0) }
        guard parts.count >= 3, let account = AccountID(parts[0]), parts[1] == "stream" else { return .notFound }
        switch (parts.count, parts[2]) {
        case (3, "keys"):
            switch method {
            case .GET, .HEAD: return .route(.listKeys(account))
            case .POST: return .route(.createKey(account))
            default: return .methodNotAllowed(allowed: "GET, HEAD, POST")
            }
        case (3, "revocations"):
            switch method {
            case .GET, .HEAD: return .route(.listRevocations(account))
            case .POST: return .route(.addRevocations(account))
            default: return .methodNotAllowed(allowed: "GET, HEAD, POST")
            }
        // No revocation has that id, and a video may be called `revocations`.
        case (4, "revocations") where !parts[3].isEmpty && parts[3] != "token":
            switch method {
            case .GET, .HEAD: return .route(.showRevocation(account, String(parts[3])))
            case .DELETE: return .route(.liftRevocation(account, String(parts[3])))
            default: return .methodNotAllowed(allowed: "GET, HEAD, DELETE")
            }
        case (3, "explain"):
            guard method == .POST else { return .methodNotAllowed(allowed: "POST") }
            return .route(.explain(account))
        case (4, "keys") where parts[3] == "jwks.json":
            return only(.jwks(account), method)
        case (4, "keys") where !parts[3].isEmpty:
            let identifier = PercentEncoding.text(parts[3]) ?? String(parts[3])
            switch method {
            case .GET, .HEAD: return .route(.showKey(account, identifier))
            case .PATCH: return .route(.updateKey(account, identifier))
            case .DELETE: return .route(.deleteKey(account, identifier))
            default: return .methodNotAllowed(allowed: "GET, HEAD, PATCH, DELETE")
            }
        case (5, "keys") where parts[4] == "unused" && !parts[3].isEmpty:
            guard method == .DELETE else { return .methodNotAllowed(allowed: "DELETE") }
            return .route(.deleteUnusedKey(account, PercentEncoding.text(parts[3]) ?? String(parts[3])))
        case (4, let identifier) where parts[3] == "token" && !identifier.isEmpty:
            guard method == .POST else { return .methodNotAllowed(allowed: "POST") }
            return .route(.createToken(account, String(identifier)))
        default:
            return .notFound
        }
    }

    private static func only(_ route: APIRoute, _ method: HTTPMethod) -> Match {
        method == .GET || method == .HEAD ? .route(route) : .methodNotAllowed(allowed: "GET, HEAD")
    }
}
