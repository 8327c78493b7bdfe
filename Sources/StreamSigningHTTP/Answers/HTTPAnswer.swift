package import NIOCore
package import NIOHTTP1
import StreamSigning

/// The answer to a request.
package struct HTTPAnswer: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Bytes that many answers share. They are sent piece by piece and never copied, so a client that takes nothing costs no
        /// more than its connection.
        case shared(ByteBuffer)
        /// The length alone, for an answer to HEAD.
        case length(Int)
        case file(any BodyFile, Range<Int>)
        /// Neither a body nor a length (RFC 9110 8.6).
        case none
    }

    package let status: HTTPResponseStatus
    private var fields: [(name: StaticString, value: String)]
    /// Fields that are written already.
    private let lines: FieldLines?
    /// More of them.
    private var moreLines: FieldLines?
    package var body: Body
    /// Whether lines that are added are left out.
    private let omitsLines: Bool
    /// Whether the connection ends after it.
    var isLast = false

    package init(
        _ status: HTTPResponseStatus, _ body: Body, _ fields: [(name: StaticString, value: String)] = [],
        lines: FieldLines? = nil, omitsLines: Bool = false
    ) {
        self.status = status
        self.body = body
        self.fields = fields
        self.lines = lines
        self.omitsLines = omitsLines
    }

    package mutating func add(_ name: StaticString, _ value: String) {
        fields.append((name, value))
    }

    /// Adds fields that are written already, in place of those that this was last called with, unless the answer omits them.
    package mutating func add(_ lines: FieldLines) {
        if !omitsLines { moreLines = lines }
    }

    /// The same answer without what HEAD leaves out.
    var withoutBody: HTTPAnswer {
        var answer = self
        switch body {
        case .bytes(let bytes): answer.body = .length(bytes.count)
        case .shared(let bytes): answer.body = .length(bytes.readableBytes)
        case .file(_, let range): answer.body = .length(range.count)
        case .length, .none: break
        }
        return answer
    }

    /// What follows the head piece by piece.
    var streamed: StreamedBody? {
        switch body {
        case .file(let file, let range) where !range.isEmpty: .file(file, range)
        case .shared(let bytes) where bytes.readableBytes > 0: .bytes(bytes)
        case .file, .shared, .bytes, .length, .none: nil
        }
    }

    private var bodyCount: Int? {
        switch body {
        case .bytes(let bytes): bytes.count
        case .shared(let bytes): bytes.readableBytes
        case .length(let count): count
        case .file(_, let range): range.count
        case .none: nil
        }
    }

    /// Writes the head, and the body if it is the answer's own.
    /// - Parameter date: the value of `Date`.
    func write(into buffer: inout ByteBuffer, date: String) {
        let length = bodyCount.map { String($0) }
        let reason = status.reasonPhrase
        // 160 for the status line and the fields that are written here.
        var capacity = 160 + reason.utf8.count + date.utf8.count
        capacity += (lines?.bytes.readableBytes ?? 0) + (moreLines?.bytes.readableBytes ?? 0)
        for field in fields { capacity += HeadWriter.count(field.name, field.value) }
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: capacity) { space in
            var head = HeadWriter(space)
            head.write("HTTP/1.1 ")
            head.write(String(status.code))
            head.write(" ")
            head.write(reason)
            head.writeField("Date", date)
            if let lines { head.write(lines) }
            if let moreLines { head.write(moreLines) }
            for field in fields { head.writeField(field.name, field.value) }
            if let length { head.writeField("Content-Length", length) }
            if isLast { head.writeField("Connection", "close") }
            head.write("\r\n\r\n")
            return head.count
        }
        if case .bytes(let bytes) = body { buffer.writeBytes(bytes) }
    }
}

/// A body that is sent piece by piece, as the client takes it.
enum StreamedBody: Sendable {
    case file(any BodyFile, Range<Int>)
    case bytes(ByteBuffer)
}

/// A file that an answer sends.
package protocol BodyFile: Sendable {
    var handle: NIOFileHandle { get }

    /// What the handle owns: NIO allows one use of a handle at a time and refuses others.
    var descriptor: CInt { get }

    /// Whether the file is still long enough to hold the bytes before `offset`.
    func reaches(_ offset: Int) -> Bool

    /// Reads a part. Any number of threads may do so at once. Blocks while the disk is asked.
    /// - Returns: nil if the file has become shorter or cannot be read.
    func read(_ range: Range<Int>) -> ByteBuffer?
}

/// Header fields as bytes, for those that many answers have in common.
package struct FieldLines: Sendable {
    let bytes: ByteBuffer

    package init(_ fields: [(name: StaticString, value: String)]) {
        let count = fields.reduce(0) { $0 + HeadWriter.count($1.name, $1.value) }
        var bytes = ByteBuffer()
        bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { space in
            var lines = HeadWriter(space)
            for field in fields { lines.writeField(field.name, field.value) }
            return lines.count
        }
        self.bytes = bytes
    }
}
