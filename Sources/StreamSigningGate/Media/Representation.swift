import NIOCore
import StreamSigningHTTP

/// What an answer says and sends of a file (RFC 9110 3.2). Length, validators and bytes belong to one moment.
final class Representation: Sendable {
    /// Where the bytes are.
    enum Content {
        /// On a disk.
        case file(OpenFile)
        /// In memory, for all answers.
        case text(ByteBuffer)
    }

    let content: Content
    let size: Int
    let modified: FileTime
    /// `Last-Modified`.
    let lastModified: String
    /// A strong entity tag, which every node with a copy of the file has too.
    let entityTag: String
    let type: MediaType
    /// Whether the body is compressed with gzip.
    let isCompressed: Bool
    /// What became of the references in it, if it is a manifest.
    let manifestOutcome: ManifestOutcome?
    /// The fields of every answer with it.
    let fieldLines: FieldLines

    init(
        _ content: Content, size: Int, modified: FileTime, entityTag: String, type: MediaType,
        isCompressed: Bool = false, manifestOutcome: ManifestOutcome? = nil
    ) {
        self.content = content
        self.size = size
        self.modified = modified
        self.entityTag = entityTag
        self.type = type
        self.isCompressed = isCompressed
        self.manifestOutcome = manifestOutcome
        lastModified = HTTPDate.text(modified.seconds)
        fieldLines = FieldLines(
            HTTPAnswer.common + [("ETag", entityTag), ("Last-Modified", lastModified), ("Accept-Ranges", "bytes")]
                + (type.isText ? [("Vary", "Accept-Encoding")] : []))
    }

    /// A text, and its compressed form if that is shorter. Takes a while.
    var compressed: Representation {
        guard case .text(let text) = content, let shorter = Gzip.compress(text), shorter.readableBytes < size else {
            return self
        }
        return Representation(
            .text(shorter), size: shorter.readableBytes, modified: modified,
            entityTag: EntityTag.gzip(entityTag), type: type, isCompressed: true, manifestOutcome: manifestOutcome)
    }

    /// The body of an answer with a part of it.
    func body(_ range: Range<Int>) -> HTTPAnswer.Body {
        switch content {
        case .file(let file): .file(file, range)
        case .text(let text): .shared(text.getSlice(at: range.lowerBound, length: range.count) ?? ByteBuffer())
        }
    }

    /// Whether `Last-Modified` tells this content from one that is written in the same second or two (RFC 9110 8.8.2.2). What is
    /// made of a file may change without it.
    func hasExactDate(at now: FileTime) -> Bool {
        switch manifestOutcome {
        case .rewritten, .notRelative: false
        default: modified.isOlder(than: .seconds(2), at: now)
        }
    }
}
