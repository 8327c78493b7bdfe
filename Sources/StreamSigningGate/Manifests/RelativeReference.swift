/// How one folder of a video is reached from another (RFC 3986 4.2, 5.2).
///
/// Folders are bytes as they stand in URLs: empty for the video's own, or with a slash at the end.
enum RelativeReference {
    private static let slash = UInt8(ascii: "/")
    /// Bytes of a folder: no file system has longer ones.
    private static let longestFolder = 4096

    /// What a reference from a folder to a path begins with, and how much of the path follows that.
    /// - Parameter path: below the video's folder, perhaps with a query.
    static func prefix(
        from folder: [UInt8], to path: Slice<UnsafeRawBufferPointer>
    ) -> (text: String, rest: Slice<UnsafeRawBufferPointer>) {
        var common = 0
        for (offset, (here, there)) in zip(folder, path).enumerated() {
            guard here == there else { break }
            if here == slash { common = offset + 1 }
        }
        let ascent = folder[common...].count { $0 == slash }
        let rest = path.dropFirst(common)
        guard ascent == 0 else { return (String(repeating: "../", count: ascent), rest) }
        return (needsDot(rest) ? "./" : "", rest)
    }

    /// Whether a reference would be another one without `./`: to the document itself, or to something with a scheme.
    private static func needsDot(_ rest: Slice<UnsafeRawBufferPointer>) -> Bool {
        guard let first = rest.first else { return true }
        let name = rest.prefix { $0 != slash && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        return first == UInt8(ascii: "?") || first == UInt8(ascii: "#") || name.contains(UInt8(ascii: ":"))
    }

    /// The folder that a relative reference leads to.
    /// - Returns: nil if it is not relative, leads out of the video, is too long, or could be read in two ways.
    static func folder(_ reference: Slice<UnsafeRawBufferPointer>, from folder: [UInt8]) -> [UInt8]? {
        guard reference.first != slash, folder.count + reference.count <= longestFolder,
            !reference.contains(where: { $0 <= 0x20 || $0 == 0x7F || #"\%&:"#.utf8.contains($0) })
        else { return nil }
        var names = folder.split(separator: slash).map { Array($0) }
        let path = reference.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let steps = path.split(separator: slash, omittingEmptySubsequences: false)
        for (index, step) in steps.enumerated() {
            if step.elementsEqual("..".utf8) {
                guard names.popLast() != nil else { return nil }
            } else if !step.elementsEqual(".".utf8), index < steps.count - 1 {
                guard !step.isEmpty else { return nil }
                names.append(Array(step))
            }
        }
        return names.flatMap { $0 + [slash] }
    }
}
