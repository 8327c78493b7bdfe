import CZlib
import NIOCore

/// gzip (RFC 1952), by zlib.
enum Gzip {
    /// Takes a while: about 10 ms for a mebibyte of text.
    /// - Returns: nil if there is no memory for it.
    static func compress(_ plain: ByteBuffer) -> ByteBuffer? {
        var stream = z_stream()
        // zlib keeps the address of the stream.
        return withUnsafeMutablePointer(to: &stream) { stream in
            // 15 is the largest window, and 16 more ask for gzip.
            let size = Int32(MemoryLayout<z_stream>.size)
            let begun = deflateInit2_(
                stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
            guard begun == Z_OK else { return nil }
            defer { deflateEnd(stream) }
            return deflate(plain, stream)
        }
    }

    private static func deflate(_ plain: ByteBuffer, _ stream: UnsafeMutablePointer<z_stream>) -> ByteBuffer? {
        let bound = Int(deflateBound(stream, uLong(plain.readableBytes)))
        var compressed = ByteBuffer()
        var isDone = false
        compressed.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { space in
            plain.withUnsafeReadableBytes { bytes in
                // zlib does not write there, though its type says so.
                stream.pointee.next_in = UnsafeMutableRawPointer(mutating: bytes.baseAddress)?
                    .assumingMemoryBound(to: Bytef.self)
                stream.pointee.avail_in = uInt(bytes.count)
                stream.pointee.next_out = space.baseAddress?.assumingMemoryBound(to: Bytef.self)
                stream.pointee.avail_out = uInt(space.count)
                isDone = CZlib.deflate(stream, Z_FINISH) == Z_STREAM_END
                return space.count - Int(stream.pointee.avail_out)
            }
        }
        return isDone ? compressed : nil
    }
}
