internal import NIOHTTP1

extension CredentialIndex {
    /// The principal that a request comes from; nil without a valid credential.
    ///
    /// The secret is in `Authorization: Bearer` or, for clients of Cloudflare's older scheme, in `X-Auth-Key`. The
    /// `X-Auth-Email` that goes with the latter is ignored: it is neither compared, stored nor logged, because the secret alone
    /// identifies the client. `Authorization` wins over `X-Auth-Key`, and a header that comes twice counts as no credential.
    func principal(of headers: HTTPHeaders) -> Principal? {
        let tokens = headers["authorization"]
        guard tokens.isEmpty else {
            guard tokens.count == 1, let secret = Self.bearer(tokens[0]) else { return nil }
            return authenticate(secret)
        }
        let keys = headers["x-auth-key"]
        return keys.count == 1 ? authenticate(keys[0].utf8) : nil
    }

    /// Upper and lower case are the same in a scheme's name (RFC 9110 11.1).
    private static func bearer(_ value: String) -> Substring.UTF8View? {
        let space = UInt8(ascii: " ")
        guard let end = value.utf8.firstIndex(of: space), value[..<end].lowercased() == "bearer" else { return nil }
        return value[end...].utf8.drop { $0 == space }
    }
}
