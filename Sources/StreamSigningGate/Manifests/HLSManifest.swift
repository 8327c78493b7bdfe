import StreamSigning
import StreamSigningHTTP

/// References in playlists of HTTP Live Streaming: lines that are URIs, and attributes of tags (RFC 8216 4.1, 4.2).
struct HLSManifest {
    /// `URI` of keys, maps, renditions, parts, hints, reports and session data, whatever the tag; the others of interstitials in
    /// `EXT-X-DATERANGE`.
    private static let attributes = ["URI", "X-ASSET-URI", "X-ASSET-LIST"].map { Array($0.utf8) }
    /// What the names of others end in that look like references, such as the `SERVER-URI` of `EXT-X-CONTENT-STEERING`.
    private static let otherEnd = Array("-URI".utf8)
    private static let begin = Array("#EXTM3U".utf8)
    private static let tag = Array("#EXT-X-".utf8)
    private static let definition = Array("#EXT-X-DEFINE:".utf8)

    private let text: UnsafeRawBufferPointer
    private var variables = HLSVariables()

    private init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    static func rewrite(with rewriter: inout ReferenceRewriter) throws(ManifestProblem) {
        var manifest = HLSManifest(rewriter.text)
        try manifest.read(with: &rewriter)
    }

    private mutating func read(with rewriter: inout ReferenceRewriter) throws(ManifestProblem) {
        var lines = TextLines(text)
        guard let first = lines.next(), text[first].trimmingBlanks.elementsEqual(Self.begin) else {
            throw ManifestProblem("it does not begin with #EXTM3U")
        }
        while let line = lines.next() {
            // Some players pass over blanks at the beginning.
            let content = text[line].drop(while: \.isBlank)
            guard let byte = content.first else { continue }
            if byte != UInt8(ascii: "#") {
                readReference(line, with: &rewriter)
            } else if content.starts(with: Self.tag) {
                let isIndented = content.startIndex > line.lowerBound
                readTag(content.startIndex..<line.upperBound, isIndented: isIndented, with: &rewriter)
            }
        }
    }

    private mutating func readTag(_ line: Range<Int>, isIndented: Bool, with rewriter: inout ReferenceRewriter) {
        var attributes = HLSAttributes(of: line, in: text)
        guard !text[line].starts(with: Self.definition) else { return variables.define(by: attributes, in: text) }
        while let attribute = attributes.next() {
            let name = text[attribute.name]
            if Self.attributes.contains(where: { name.elementsEqual($0) }) {
                readReference(attribute.value, isSound: attribute.isText && !isIndented, with: &rewriter)
            } else if name.suffix(Self.otherEnd.count).elementsEqual(Self.otherEnd) {
                let meant = variables.expand(text[attribute.value])
                rewriter.weigh(meant ?? Array(text[attribute.value]), isCertain: false)
            }
        }
    }

    /// - Parameter isSound: whether every reader takes it for one. Others stay as they are, and so do those with variables.
    private mutating func readReference(
        _ range: Range<Int>, isSound: Bool = true, with rewriter: inout ReferenceRewriter
    ) {
        guard !isSound || HLSVariables.isIn(text[range]) else {
            return rewriter.rewrite(range, from: rewriter.place.folder)
        }
        if let meant = variables.expand(text[range]) {
            rewriter.weigh(meant)
        } else if HLSVariables.isDecisive(in: text[range]) {
            rewriter.leave()
        } else {
            rewriter.weigh(Array(text[range]))
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
    fileprivate var trimmingBlanks: Self {
        let end = lastIndex { !$0.isBlank }
        return self[..<(end.map { $0 + 1 } ?? startIndex)]
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
