import NIOHTTP1
import StreamSigning
import StreamSigningHTTP

/// A media server that asks over HTTP before it lets somebody play, in words of its own: `POST /admission/<name>/<account>`.
struct MediaServer: Sendable {
    /// The second segment of the path.
    let name: StaticString
    /// What a request's body asks.
    let read: @Sendable (_ body: UnsafeRawBufferPointer) throws(UnreadableQuestion) -> AdmissionQuestion
    /// The answer in the server's terms.
    let answer: @Sendable (AdmissionVerdict) -> HTTPAnswer

    /// Every server whose words are known.
    static let all: [MediaServer] = [.nginxRTMP, .icecast, .mediaMTX, .ovenMediaEngine, .srs]
}

/// What a media server asks.
enum AdmissionQuestion: Equatable {
    /// Whether somebody may play, or go on playing.
    case play(PlayQuestion)
    /// Nothing: it tells of something, such as the end of a playback.
    case notice
    /// Something that no token can allow, publishing above all.
    case other
}

/// What a media server is told.
enum AdmissionVerdict {
    /// The viewer may play, for as long as this; nil for any time.
    case allowed(timeLeft: Duration?)
    case refused(Denial)
    case noted
    case notPlaying

    /// One line for people, where a server passes it on.
    var reason: String {
        switch self {
        case .allowed: "allowed"
        case .refused(let denial): denial.description
        case .noted: "noted"
        case .notPlaying: "only playing is decided here"
        }
    }

    /// For servers that look at the status alone.
    var statusAnswer: HTTPAnswer {
        switch self {
        case .allowed, .noted: .text(.ok, reason)
        case .refused(let denial): .refusal(denial)
        case .notPlaying: .text(.forbidden, reason)
        }
    }
}

/// A body that is not a question of the server that it claims to be of.
struct UnreadableQuestion: Error {
    let reason: String
}
