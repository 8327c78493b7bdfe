package import NIOHTTP1
package import StreamSigningHTTP

extension HTTPAnswer {
    /// A page, or a file that a page uses.
    /// - Parameter caching: `Cache-Control`. A page that depends on a token must not be stored.
    package static func page(
        _ page: Page, _ status: HTTPResponseStatus = .ok, caching: String = "no-store"
    ) -> HTTPAnswer {
        HTTPAnswer(
            status, .bytes(page.bytes),
            [
                ("Content-Type", page.contentType), ("Content-Security-Policy", page.contentSecurityPolicy),
                ("Cache-Control", caching), ("Referrer-Policy", "no-referrer"),
                ("X-Content-Type-Options", "nosniff"),
            ])
    }
}
