internal import StreamSigningPlatform

/// Byte-for-byte comparison and search, by libc's vector code: these run several times a verification.
extension UnsafeBufferPointer<UInt8> {
    func isEqual(to other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        guard let left = baseAddress, let right = other.baseAddress else { return true }
        return memcmp(left, right, count) == 0
    }

    func isEqual(to text: StaticString) -> Bool {
        isEqual(to: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Less than 0 if these bytes come before the others, 0 if they are the same, more if they come after: the shorter first,
    /// then by the first byte that differs.
    func order(to other: UnsafeBufferPointer<UInt8>) -> Int {
        guard count == other.count else { return count - other.count }
        guard let left = baseAddress, let right = other.baseAddress else { return 0 }
        return Int(memcmp(left, right, count))
    }

    /// The first place of `byte` at or after `start`.
    func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard let base = baseAddress, start < count else { return nil }
        guard let found = memchr(base + start, Int32(byte), count - start) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// The first place of `text`, which is not empty, at or after `start`.
    func firstIndex(of text: StaticString, from start: Int) -> Int? {
        let count = text.utf8CodeUnitCount
        var place = start
        while let found = firstIndex(of: text.utf8Start.pointee, from: place), found + count <= self.count {
            if UnsafeBufferPointer(rebasing: self[found..<found + count]).isEqual(to: text) { return found }
            place = found + 1
        }
        return nil
    }
}

extension String {
    /// Whether both have the same bytes; `==` would also hold for texts that Unicode calls equivalent.
    func isEqual(toUTF8Of other: String) -> Bool {
        var (left, right) = (self, other)
        return left.withUTF8 { left in right.withUTF8 { left.isEqual(to: $0) } }
    }
}
