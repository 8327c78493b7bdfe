import NIOHTTP1
import StreamSigning
import StreamSigningHTTP

/// The answers of the gate that are not media.
extension HTTPAnswer {
    /// A line of text.
    static func text(_ status: HTTPResponseStatus, _ line: String) -> HTTPAnswer {
        HTTPAnswer(
            status, .bytes(Array((line + "\n").utf8)),
            [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")] + common)
    }

    /// For programs.
    static func json(_ bytes: [UInt8]) -> HTTPAnswer {
        HTTPAnswer(.ok, .bytes(bytes), [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
    }

    /// A refusal: its code in a field, for programs, and its reason as text, for people.
    static func refusal(_ denial: Denial) -> HTTPAnswer {
        var answer = text(HTTPResponseStatus(statusCode: denial.httpStatus), denial.description)
        answer.addDenial(denial)
        return answer
    }

    /// The fields of every refusal.
    mutating func addDenial(_ denial: Denial) {
        add("X-Stream-Signing-Denial", denial.code.rawValue)
        switch denial.httpStatus {
        case 401: add("WWW-Authenticate", "Bearer")
        case 503: add("Retry-After", "1")
        default: break
        }
    }

    /// Keeps browsers from passing the URL on or guessing a type.
    static let common: [(name: StaticString, value: String)] = [
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    ]

    static var methodNotAllowed: HTTPAnswer {
        var answer = text(.methodNotAllowed, "only GET, HEAD and OPTIONS are understood here")
        answer.add("Allow", CrossOriginPolicy.methods)
        return answer
    }

    static let notFound = text(.notFound, "this video has no file of that name")

    static let unavailable: HTTPAnswer = {
        var answer = text(.serviceUnavailable, "the file cannot be opened at the moment")
        answer.add("Retry-After", "1")
        return answer
    }()
}
