import NIOHTTP1
import StreamSigning
import StreamSigningHTTP

/// A token that is not in the path, where the video's id is.
struct CarriedToken {
    let text: String
    let source: TokenSource
    let video: VideoID
}

/// Looks for a request's token in the places that are allowed.
struct TokenFinder: Sendable {
    private let sources: [TokenSource]
    private let takesPath: Bool

    init(_ sources: [TokenSource]) {
        // In a fixed order, so that it does not matter how they are named.
        self.sources = TokenSource.allCases.filter { sources.contains($0) }
        takesPath = sources.contains(.path)
    }

    /// The token that a request carries; nil if it is the first segment of the path, or has to be.
    /// - Throws: ``Denial``: `token_missing`, `token_malformed` if there are two that differ, `video_mismatch` if the path names no
    ///   video.
    func find(_ target: RequestTarget, _ headers: HTTPHeaders) throws(Denial) -> CarriedToken? {
        guard sources != [.path] else { return nil }
        let found = sources.flatMap { source in
            values(of: source, target, headers).filter { !$0.isEmpty }.map { (text: $0, source: source) }
        }
        // A video's id has no dot, and a token has two.
        if takesPath, target.first.contains(UInt8(ascii: ".")) {
            guard found.allSatisfy({ $0.text.utf8.elementsEqual(target.first) }) else { throw .twoTokens }
            return nil
        }
        guard let token = found.first else {
            guard takesPath, !target.first.isStreamID else { throw missing }
            return nil
        }
        guard found.allSatisfy({ $0.text.utf8.elementsEqual(token.text.utf8) }) else { throw .twoTokens }
        guard let video = try? VideoID(String(decoding: target.first, as: UTF8.self)) else {
            throw Denial(.videoMismatch, "the path does not begin with the id of a video, which the token could be for")
        }
        return CarriedToken(text: token.text, source: token.source, video: video)
    }

    private func values(of source: TokenSource, _ target: RequestTarget, _ headers: HTTPHeaders) -> [String] {
        switch source {
        case .path: return []
        case .cookie:
            let pairs = headers["cookie"].flatMap { $0.split(separator: ";") }
            return pairs.compactMap { pair -> String? in
                let parts = pair.trimmingBlanks.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return parts.count == 2 && parts[0] == PlaybackCookie.name ? String(parts[1]) : nil
            }
        case .bearer:
            return headers["authorization"].compactMap { value -> String? in
                let parts = value.split(separator: " ", maxSplits: 1)
                guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
                return String(parts[1].trimmingBlanks)
            }
        case .query: return RequestQuery(String(decoding: target.query, as: UTF8.self))["token"]
        }
    }

    private var missing: Denial {
        let places = sources.map { source in
            switch source {
            case .path: "the path in place of the video's id"
            case .cookie: "the cookie \(PlaybackCookie.name)"
            case .bearer: "the field Authorization: Bearer"
            case .query: "the argument token of the query"
            }
        }
        return Denial(.tokenMissing, "there is no token: it goes into \(places.joined(separator: ", or "))")
    }
}

extension Denial {
    fileprivate static let twoTokens = Denial(.tokenMalformed, "the request has two tokens, which differ")
}

extension StringProtocol {
    fileprivate var trimmingBlanks: SubSequence {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let start = drop(while: isBlank)
        let blanks = start.reversed().prefix(while: isBlank).count
        return start.dropLast(blanks)
    }
}
