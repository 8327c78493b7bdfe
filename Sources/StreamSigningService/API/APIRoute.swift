#if Service
    import HTTPTypes
    import StreamSigning

    /// What a request is for, read once from its method and path.
    enum APIRoute: Sendable, Hashable {
        case createKey(AccountID)
        case listKeys(AccountID)
        case deleteKey(AccountID, String)
        case createToken(AccountID, String)
        case jwks(AccountID)
        case explain(AccountID)
        case feed
        case inspector
        case asset(String)
        case health, readiness, metrics

        static let basePath = "/client/v4"
        private static let accountsPath = basePath + "/accounts/"

        /// The path with its variable parts named: what metrics and logs count under.
        var template: String {
            switch self {
            case .createKey, .listKeys: "\(Self.basePath)/accounts/{account_id}/stream/keys"
            case .deleteKey: "\(Self.basePath)/accounts/{account_id}/stream/keys/{identifier}"
            case .createToken: "\(Self.basePath)/accounts/{account_id}/stream/{identifier}/token"
            case .jwks: "\(Self.basePath)/accounts/{account_id}/stream/keys/jwks.json"
            case .explain: "\(Self.basePath)/accounts/{account_id}/stream/explain"
            case .feed: "\(Self.basePath)/feed"
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

        /// - Parameter path: as it stands in the request, without query. Percent-encoding is decoded only in the id of a key
        ///   to delete, because an imported key keeps whatever id it came with; anything else that needs it is none of ours.
        static func match(_ method: HTTPRequest.Method, path: Substring) -> Match {
            switch path {
            case "/healthz": return only(.health, method)
            case "/readyz": return only(.readiness, method)
            case "/metrics": return only(.metrics, method)
            case basePath + "/feed": return only(.feed, method)
            case "/inspector": return only(.inspector, method)
            case _ where path.utf8.starts(with: "/-/".utf8): return only(.asset(String(path.dropFirst(3))), method)
            default: break
            }
            // By bytes: characters cost more than all the rest of a request's way to here.
            guard path.utf8.starts(with: accountsPath.utf8) else { return .notFound }
            let parts = path.utf8.dropFirst(accountsPath.utf8.count)
                .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Substring($0) }
            guard parts.count >= 3, let account = AccountID(parts[0]), parts[1] == "stream" else { return .notFound }
            switch (parts.count, parts[2]) {
            case (3, "keys"):
                switch method {
                case .get, .head: return .route(.listKeys(account))
                case .post: return .route(.createKey(account))
                default: return .methodNotAllowed(allowed: "GET, HEAD, POST")
                }
            case (3, "explain"):
                guard method == .post else { return .methodNotAllowed(allowed: "POST") }
                return .route(.explain(account))
            case (4, "keys") where parts[3] == "jwks.json":
                return only(.jwks(account), method)
            case (4, "keys") where !parts[3].isEmpty:
                guard method == .delete else { return .methodNotAllowed(allowed: "DELETE") }
                return .route(.deleteKey(account, decoded(parts[3]) ?? String(parts[3])))
            case (4, let identifier) where parts[3] == "token" && !identifier.isEmpty:
                guard method == .post else { return .methodNotAllowed(allowed: "POST") }
                return .route(.createToken(account, String(identifier)))
            default:
                return .notFound
            }
        }

        /// The text behind percent-encoding (RFC 3986 2.1); nil if a `%` lacks its digits or what comes out is not UTF-8.
        private static func decoded(_ text: Substring) -> String? {
            var bytes: [UInt8] = []
            var rest = Array(text.utf8)[...]
            while let byte = rest.popFirst() {
                guard byte == UInt8(ascii: "%") else {
                    bytes.append(byte)
                    continue
                }
                let digits = rest.prefix(2).compactMap { Character(UnicodeScalar($0)).hexDigitValue }
                guard digits.count == 2 else { return nil }
                bytes.append(UInt8(digits[0] << 4 | digits[1]))
                rest = rest.dropFirst(2)
            }
            return String(validating: bytes, as: UTF8.self)
        }

        private static func only(_ route: APIRoute, _ method: HTTPRequest.Method) -> Match {
            method == .get || method == .head ? .route(route) : .methodNotAllowed(allowed: "GET, HEAD")
        }
    }
#endif
