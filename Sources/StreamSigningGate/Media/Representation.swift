import NIOCore
import StreamSigningHTTP

/// What an answer says and sends of a file (RFC 9110 3.2). Length, validators and bytes belong to one moment.
struct Representation: Sendable {
    let body: any BodyFile
    let size: Int
    let modified: FileTime
    /// `Last-Modified`.
    let lastModified: String
    /// A strong entity tag, which every node with a copy of the file has too.
    let entityTag: String
    let type: MediaType
    /// Whether the body is compressed with gzip.
    let isCompressed: Bool
    /// The fields of every answer with it.
    let fieldLines: FieldLines

    init(
        _ body: any BodyFile, size: Int, modified: FileTime, entityTag: String, type: MediaType,
        isCompressed: Bool = false
    ) {
        self.body = body
        self.size = size
        self.modified = modified
        self.entityTag = entityTag
        self.type = type
        self.isCompressed = isCompressed
        lastModified = HTTPDate.text(modified.seconds)
        fieldLines = FieldLines(
            HTTPAnswer.common + [("ETag", entityTag), ("Last-Modified", lastModified), ("Accept-Ranges", "bytes")]
                + (type.isText ? [("Vary", "Accept-Encoding")] : []))
    }

    /// A text, and its compressed form if that is shorter. Takes a while.
    var compressed: Representation {
        guard !isCompressed, let bytes = body.read(0..<size), let shorter = Gzip.compress(bytes),
            shorter.readableBytes < size
        else { return self }
        return Representation(
            MemoryFile(shorter), size: shorter.readableBytes, modified: modified,
            entityTag: EntityTag.gzip(entityTag), type: type, isCompressed: true)
    }

    /// Whether `Last-Modified` tells this content from one that is written in the same second or two (RFC 9110 8.8.2.2).
    func hasExactDate(at now: FileTime) -> Bool {
        modified.isOlder(than: .seconds(2), at: now)
    }
}

/// Bytes in memory as an answer sends them.
struct MemoryFile: BodyFile {
    private let bytes: ByteBuffer

    init(_ bytes: ByteBuffer) {
        self.bytes = bytes
    }

    var handle: NIOFileHandle? { nil }

    func reaches(_ offset: Int) -> Bool { offset <= bytes.readableBytes }

    func read(_ range: Range<Int>) -> ByteBuffer? {
        bytes.getSlice(at: bytes.readerIndex + range.lowerBound, length: range.count)
    }
}
