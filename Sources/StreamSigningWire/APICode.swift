/// The numbers in `errors[].code`: Cloudflare's own if it has one for the case, and ours from 20000 on.
public struct APICode: RawRepresentable, Sendable, Hashable {
    /// The number on the wire.
    public let rawValue: Int

    /// Any number; those in use are the static members.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// 404: the path does not exist. ``noRoute`` follows it, because Cloudflare sends the two together.
    public static let couldNotRoute = APICode(rawValue: 7003)
    /// 404: the second half of the pair.
    public static let noRoute = APICode(rawValue: 7000)
    /// 403: the credential is valid, but not for this account or this operation.
    public static let notAuthorized = APICode(rawValue: 9109)
    /// 401: no credential, or an unknown one.
    public static let authenticationError = APICode(rawValue: 10000)
    /// 404: no such key or revocation, or it is deleted, lifted or ended already.
    public static let notFound = APICode(rawValue: 10003)
    /// 400: the request's body or a value in it is wrong; `source.pointer` says which.
    public static let badRequest = APICode(rawValue: 10005)
    /// 429: more requests than the credential may make; `Retry-After` says when to come back.
    public static let rateLimited = APICode(rawValue: 20009)
    /// 409: the account has or had this key, or its id cannot be used.
    public static let keyExists = APICode(rawValue: 20001)
    /// 403: the account has as many keys as it may have, or has deleted as many as it may have deleted.
    public static let keyLimitReached = APICode(rawValue: 20002)
    /// 405: the path exists, the method does not.
    public static let methodNotAllowed = APICode(rawValue: 20003)
    /// 413: the body is too large.
    public static let bodyTooLarge = APICode(rawValue: 20004)
    /// 415: the body is not JSON by its content type.
    public static let unsupportedMediaType = APICode(rawValue: 20005)
    /// 408: the request took too long to arrive.
    public static let requestTimeout = APICode(rawValue: 20006)
    /// 431: the headers are too large.
    public static let headersTooLarge = APICode(rawValue: 20007)
    /// 503: the store cannot be reached or written, or keys cannot be made as fast as they are asked for.
    public static let unavailable = APICode(rawValue: 20008)
    /// 403: the account has as many revocations as it may have.
    public static let revocationLimitReached = APICode(rawValue: 20010)
    /// 409: the key that the service signs with for the account is disabled.
    public static let keyDisabled = APICode(rawValue: 20011)
    /// 409: the key was used too short a time ago to be deleted as unused.
    public static let keyInUse = APICode(rawValue: 20012)
}
