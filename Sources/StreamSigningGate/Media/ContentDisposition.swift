import StreamSigning
import StreamSigningHTTP

/// What a browser does with a file, and what it calls it (RFC 6266).
enum ContentDisposition {
    /// For a file that is saved, under the name that `filename` in the query asks for.
    ///
    /// A ``DownloadName`` needs no quoting and no escaping. The file's own extension follows it, so no query turns a video into a
    /// program. Any other name is ignored.
    static func attachment(_ path: String, query: UnsafeRawBufferPointer) -> String {
        guard var name = RequestQuery(String(decoding: query, as: UTF8.self))["filename"].first else {
            return "attachment"
        }
        let suffix = suffix(of: path)
        if name.hasSuffix(suffix) { name.removeLast(suffix.count) }
        guard let name = try? DownloadName(name) else { return "attachment" }
        return "attachment; filename=\"\(name.rawValue)\(suffix)\""
    }

    /// The extension with its dot, if it is a usual one.
    private static func suffix(of path: String) -> Substring {
        guard let dot = path.lastIndex(of: ".") else { return "" }
        let isUsual = path[dot...].utf8.dropFirst().allSatisfy(\.isASCIIAlphanumeric)
        return isUsual ? path[dot...] : ""
    }
}
