/// A page or a file of a page, and what a browser may do with it.
package struct Page: Sendable {
    package let bytes: [UInt8]
    package let contentType: String
    let contentSecurityPolicy: String

    /// - Parameter embeddable: whether pages of other origins may show it in a frame.
    package init(html: [UInt8], embeddable: Bool = false) {
        bytes = html
        contentType = "text/html; charset=utf-8"
        contentSecurityPolicy = Self.policy + (embeddable ? "*" : "'none'")
    }

    /// A script, style sheet or image of a page.
    package init(asset: [UInt8], contentType: String) {
        bytes = asset
        self.contentType = contentType
        contentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'"
    }

    /// Scripts, styles and media from the same origin, nothing inline, and no text that becomes markup.
    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "media-src 'self' blob:",
        "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'",
        "trusted-types 'none'", "frame-ancestors ",
    ].joined(separator: "; ")
}
