/// A kind of file that lists what to fetch next.
enum ManifestFormat: Sendable {
    /// HTTP Live Streaming (RFC 8216).
    case hls
    /// MPEG-DASH (ISO/IEC 23009-1).
    case dash

    /// Shows a rewriter every reference of a manifest.
    func rewrite(with rewriter: inout ReferenceRewriter) throws(ManifestProblem) {
        switch self {
        case .hls: try HLSManifest.rewrite(with: &rewriter)
        case .dash: try DASHManifest.rewrite(with: &rewriter)
        }
    }
}

/// Why a manifest is not rewritten, or not as a whole, for the log.
struct ManifestProblem: Error, Equatable {
    static let someLeft = ManifestProblem("some URLs lead to something else, or could be read in two ways")

    static let tooLong = ManifestProblem("it is, or would become, longer than \(MediaReader.longestText >> 20) MiB")

    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
