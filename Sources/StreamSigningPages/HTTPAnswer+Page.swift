package import NIOHTTP1
package import StreamSigningHTTP

extension HTTPAnswer {
    /// A page for people, or a file it is made of.
    /// - Parameter caching: `Cache-Control`; a page that shows what a token is good for is kept by nobody.
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
