import StreamSigningStore

/// A statement's values as libpq takes them: pointers into one buffer.
struct BoundParameters {
    private var bytes: [UInt8] = []
    private var ranges: [Range<Int>?] = []

    init(_ parameters: [StoredValue]) {
        for parameter in parameters {
            guard let value = parameter.encoded else {
                ranges.append(nil)
                continue
            }
            ranges.append(bytes.count..<bytes.count + value.count)
            bytes += value
        }
        // So that an empty value has an address too: none at all would be NULL.
        bytes.append(0)
    }

    func withPointers<Result>(
        _ body: (
            _ count: Int32, _ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]
        ) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = ranges.map { range in range.flatMap { start?.advanced(by: $0.lowerBound) } }
            let formats = [Int32](repeating: 1, count: ranges.count)
            return body(Int32(ranges.count), values, ranges.map { Int32($0?.count ?? 0) }, formats)
        }
    }
}
