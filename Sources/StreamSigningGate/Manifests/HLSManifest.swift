import StreamSigning
import StreamSigningHTTP

/// References in playlists of HTTP Live Streaming: lines that are URIs, and attributes of tags (RFC 8216 4.1, 4.2).
enum HLSManifest {
    /// `URI` of keys, maps, renditions, parts, hints, reports and session data, whatever the tag; the others of interstitials in
    /// `EXT-X-DATERANGE`.
    private static let attributes = ["URI", "X-ASSET-URI", "X-ASSET-LIST"].map { Array($0.utf8) }
    private static let begin = Array("#EXTM3U".utf8)
    private static let tag = Array("#EXT-X-".utf8)

    static func rewrite(with rewriter: inout ReferenceRewriter) throws(ManifestProblem) {
        let text = rewriter.text
        var lines = TextLines(text)
        guard let first = lines.next(), text[first].trimmingBlanks.elementsEqual(begin) else {
            throw ManifestProblem("it does not begin with #EXTM3U")
        }
        let folder = rewriter.place.folder
        while let line = lines.next() {
            guard let byte = text[line].first else { continue }
            if byte != UInt8(ascii: "#") {
                rewriter.rewrite(line, from: folder)
            } else if text[line].starts(with: tag) {
                references(in: line, of: text) { rewriter.rewrite($0, from: folder) }
            }
        }
    }

    /// Reads a tag's attributes as long as they are a list of attributes.
    private static func references(
        in line: Range<Int>, of text: UnsafeRawBufferPointer, visit: (Range<Int>) -> Void
    ) {
        guard var rest = text[line].after(UInt8(ascii: ":")) else { return }
        while !rest.isEmpty {
            rest = rest.drop { $0 == UInt8(ascii: " ") }
            let name = rest.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
            guard !name.isEmpty, text[name.endIndex..<line.upperBound].first == UInt8(ascii: "=") else { return }
            rest = text[name.endIndex + 1..<line.upperBound]
            guard rest.first == UInt8(ascii: "\"") else {
                rest = rest.after(UInt8(ascii: ",")) ?? rest.suffix(0)
                continue
            }
            let value = rest.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
            guard value.endIndex < line.upperBound else { return }
            if attributes.contains(where: { name.elementsEqual($0) }) { visit(value.startIndex..<value.endIndex) }
            rest = text[value.endIndex + 1..<line.upperBound].after(UInt8(ascii: ",")) ?? rest.suffix(0)
        }
    }
}

/// The lines of a text, without their ends.
private struct TextLines {
    private let text: UnsafeRawBufferPointer
    private var start = 0

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    mutating func next() -> Range<Int>? {
        guard start < text.count else { return nil }
        let rest = UnsafeRawBufferPointer(rebasing: text[start...])
        let end = start + (rest.offset(of: UInt8(ascii: "\n")) ?? rest.count)
        defer { start = end + 1 }
        let hasReturn = end > start && text[end - 1] == UInt8(ascii: "\r")
        return start..<(hasReturn ? end - 1 : end)
    }
}

extension Slice<UnsafeRawBufferPointer> {
    /// What follows the first such byte; nil if there is none.
    fileprivate func after(_ byte: UInt8) -> Self? {
        firstIndex(of: byte).map { self[($0 + 1)...] }
    }

    fileprivate var trimmingBlanks: Self {
        let end = lastIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        return self[..<(end.map { $0 + 1 } ?? startIndex)]
    }
}
