internal import AsyncHTTPClient
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import StreamSigningPlatform

/// Why there is no answer, and whether the service may have acted all the same.
struct SendingFailure: Error {
    let error: ClientError
    /// Whether any of the request may have reached the service.
    let mayHaveArrived: Bool
    /// Whether it may go away by itself.
    let isPassing: Bool

    private init(_ code: ClientError.Code, _ reason: String, mayHaveArrived: Bool, isPassing: Bool) {
        error = ClientError(code, reason)
        self.mayHaveArrived = mayHaveArrived
        self.isPassing = isPassing
    }

    static let cancelled = SendingFailure(
        .cancelled, "the request was cancelled", mayHaveArrived: true, isPassing: false)

    static func tooLarge(limit: Int) -> SendingFailure {
        SendingFailure(
            .tooLarge, "the answer has more than \(limit >> 20) MiB", mayHaveArrived: true, isPassing: false)
    }

    /// - Parameter proxy: the one that was asked; nil for none.
    init(_ error: any Error, through proxy: HTTPProxy? = nil) {
        switch error {
        case let error as HTTPClientError:
            self.init(error, through: proxy)
        case is CancellationError:
            self = .cancelled
        case let error as NIOConnectionError:
            let name = proxy == nil ? "" : "the proxy "
            self.init(.connection, name + Self.text(error), mayHaveArrived: false, isPassing: true)
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            self.init(.connection, Self.text(error), mayHaveArrived: false, isPassing: true)
        case let error as IOError:
            self.init(.connection, Self.text(error), mayHaveArrived: true, isPassing: true)
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            // Unclean ends aside, these come before anything is sent; and a certificate does not mend itself.
            let isLate = (error as? NIOSSLError) == .uncleanShutdown
            self.init(
                .tls, "no trusted, encrypted connection: \(Self.text(tls: error))", mayHaveArrived: isLate,
                isPassing: isLate)
        default:
            self = Self.broken("\(error)")
        }
    }

    private init(_ error: HTTPClientError, through proxy: HTTPProxy?) {
        let name = "the proxy" + (proxy.map { " \($0)" } ?? "")
        switch error {
        case .proxyAuthenticationRequired:
            self.init(
                .connection, "\(name) wants another name and password: http://NAME:PASSWORD@HOST:PORT",
                mayHaveArrived: false, isPassing: false)
        case .invalidProxyResponse:
            // Which of these, the client library does not say.
            self.init(
                .connection, "\(name) does not connect to the service: it cannot, may not, or does not know who asks",
                mayHaveArrived: false, isPassing: true)
        case .httpProxyHandshakeTimeout:
            self.init(.timeout, "\(name) has made no connection in time", mayHaveArrived: false, isPassing: true)
        case .deadlineExceeded, .readTimeout, .writeTimeout:
            self.init(.timeout, "no whole answer in time", mayHaveArrived: true, isPassing: true)
        case .connectTimeout:
            self.init(.timeout, "no connection in time", mayHaveArrived: false, isPassing: true)
        case .tlsHandshakeTimeout:
            self.init(.timeout, "no encrypted connection in time", mayHaveArrived: false, isPassing: true)
        case .cancelled:
            self = .cancelled
        case .remoteConnectionClosed:
            self = Self.broken("the service closed it before its answer was complete")
        default:
            self = Self.broken("\(error)")
        }
    }

    private static func broken(_ reason: String) -> SendingFailure {
        SendingFailure(
            .connection, "the connection broke: \(reason.prefix(200))", mayHaveArrived: true, isPassing: true)
    }

    private static func text(_ error: NIOConnectionError) -> String {
        if let first = error.connectionErrors.first?.error {
            let reason = (first as? IOError).map(text) ?? (first as? ChannelError).map { "\($0)" } ?? "\(first)"
            return "\(error.host):\(error.port): \(reason)"
        }
        return "the name \(error.host) cannot be resolved"
    }

    private static func text(_ error: IOError) -> String {
        SystemError.text(error.errnoCode)
    }

    private static func text(tls error: any Error) -> String {
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return "the certificate is not one that this machine trusts"
        }
        if text.contains("failedToValidateHostname") { return "the certificate is not this host's" }
        if text.contains("WRONG_VERSION_NUMBER") { return "the other side does not speak TLS; is it http://?" }
        return String(text.prefix(200))
    }
}
