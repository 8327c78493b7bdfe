import StreamSigning

/// What a browser does with a file, and what it calls it (RFC 6266).
enum ContentDisposition {
    /// For a file that is saved, under the name that `filename` in the query asks for.
    ///
    /// A ``DownloadName`` needs no quoting and no escaping, and the file's own extension stands behind it, so no query makes a
    /// program out of a video. Any other name counts as none.
    static func attachment(_ path: String, query: UnsafeRawBufferPointer) -> String {
        let prefix = "filename="
        let fields = String(decoding: query, as: UTF8.self).split(separator: "&")
        guard var name = fields.first(where: { $0.hasPrefix(prefix) })?.dropFirst(prefix.count) else {
            return "attachment"
        }
        let suffix = suffix(of: path)
        if name.hasSuffix(suffix) { name = name.dropLast(suffix.count) }
        guard let name = try? DownloadName(String(name)) else { return "attachment" }
        return "attachment; filename=\"\(name.rawValue)\(suffix)\""
    }

    /// The extension with its dot, if it is a usual one.
    private static func suffix(of path: String) -> Substring {
        guard let dot = path.lastIndex(of: ".") else { return "" }
        let isUsual = path[dot...].utf8.dropFirst().allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        }
        return isUsual ? path[dot...] : ""
    }
}
