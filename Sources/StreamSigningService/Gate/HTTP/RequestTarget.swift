#if Service
    /// A request's target as the gate reads it: `/<first>/<rest>?<query>`, in bytes of the request.
    struct RequestTarget {
        let first: UnsafeRawBufferPointer
        let rest: UnsafeRawBufferPointer
        /// Empty if there is none.
        let query: UnsafeRawBufferPointer

        /// - Parameter bytes: a target in origin form or absolute form (RFC 9112 3.2); what the result points into.
        /// - Returns: nil for a target without a path.
        init?(_ bytes: UnsafeRawBufferPointer) {
            let slash = UInt8(ascii: "/")
            let fragment = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.count
            let end = bytes[..<fragment].firstIndex(of: UInt8(ascii: "?")) ?? fragment
            var start = 0
            if bytes.first != slash {
                guard let colon = bytes[..<end].firstIndex(of: UInt8(ascii: ":")), colon + 2 < end,
                    bytes[colon + 1] == slash, bytes[colon + 2] == slash,
                    let path = bytes[(colon + 3)..<end].firstIndex(of: slash)
                else { return nil }
                start = path
            }
            let path = bytes[(start + 1)..<end]
            let split = path.firstIndex(of: slash) ?? end
            first = UnsafeRawBufferPointer(rebasing: bytes[(start + 1)..<split])
            rest = UnsafeRawBufferPointer(rebasing: bytes[min(split + 1, end)..<end])
            query = UnsafeRawBufferPointer(rebasing: bytes[min(end + 1, fragment)..<fragment])
        }
    }

    extension UnsafeRawBufferPointer {
        /// Whether these are the bytes of a word.
        func isEqual(to word: StaticString) -> Bool {
            count == word.utf8CodeUnitCount
                && elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        }

        /// Whether this is an id in Stream's form: 32 hexadecimal digits.
        var isStreamID: Bool {
            count == 32
                && allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
                    default: false
                    }
                }
        }
    }
#endif
