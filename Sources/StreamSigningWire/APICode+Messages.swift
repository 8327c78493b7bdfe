/// Codes in `messages`, beside a `result`: nothing was refused, and somebody should know.
extension APICode {
    /// 200: the body has an unknown member, so what it was to do was not done; `source.pointer` says which.
    public static let memberIgnored = APICode(rawValue: 20014)
}
