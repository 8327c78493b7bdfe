import NIOHTTP1
import StreamSigningHTTP

/// The outcome of a request's conditional fields (RFC 9110 13.2.2).
enum Preconditions {
    case hold
    /// 304: the client already has this version.
    case notModified
    /// 412: it is not the version that the client expects.
    case failed

    /// - Parameter now: by the clock of files. A date says nothing of a file that was written in the last second or two: it may
    ///   have had other bytes at the same date.
    static func of(
        _ headers: HTTPHeaders, for file: Representation, at now: @autoclosure () -> FileTime = .now()
    ) -> Preconditions {
        if let tags = headers.list("if-match") {
            guard tags.contains(where: { $0 == "*" || $0 == file.entityTag }) else { return .failed }
        } else if let time = headers.first(name: "if-unmodified-since").flatMap(HTTPDate.seconds) {
            guard file.modified.seconds <= time else { return .failed }
        }
        if let tags = headers.list("if-none-match") {
            let isKnown = tags.contains { $0 == "*" || $0 == file.entityTag || $0 == "W/" + file.entityTag }
            return isKnown ? .notModified : .hold
        } else if let time = headers.first(name: "if-modified-since").flatMap(HTTPDate.seconds) {
            return file.modified.seconds <= time && file.hasExactDate(at: now()) ? .notModified : .hold
        }
        return .hold
    }

    /// Whether a `Range` counts: `If-Range`, if present, must name exactly this version (RFC 9110 13.1.5).
    static func allowRange(
        _ headers: HTTPHeaders, for file: Representation, at now: @autoclosure () -> FileTime = .now()
    ) -> Bool {
        guard let version = headers.first(name: "if-range") else { return true }
        return version == file.entityTag || version == file.lastModified && file.hasExactDate(at: now())
    }
}

extension HTTPHeaders {
    /// The members of a list of entity tags; nil if there are none. Ours have no commas.
    fileprivate func list(_ name: String) -> [Substring]? {
        let values = members(name)
        return values.isEmpty ? nil : values
    }
}
