package import NIOHTTP1

extension HTTPAnswer {
    /// A text for probes, scrapers and people.
    package static func plain(_ text: String, _ status: HTTPResponseStatus = .ok) -> HTTPAnswer {
        HTTPAnswer(
            status, .bytes(Array(text.utf8)),
            [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")])
    }
}
