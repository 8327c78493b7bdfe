/// Which paths are downloads: the one place that decides it.
///
/// A server may resolve dots, slashes and percent signs that a client wrote, so how the path begins does not matter: any
/// segment `downloads` makes it one, in any case and encoding. Stream's other paths have no such segment.
enum DownloadPath {
    /// - Parameter path: what follows the token, query and fragment included.
    static func matches(_ path: some Collection<UInt8>) -> Bool {
        let segments = path.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard segments.contains(UInt8(ascii: "%")) else { return hasDownloads(segments) }
        // Twice, for a proxy and a server that each decode once.
        return hasDownloads(decoded(decoded(segments)))
    }

    private static func hasDownloads(_ path: some Sequence<UInt8>) -> Bool {
        let name: StaticString = "downloads"
        var matched: Int? = 0
        for byte in path {
            switch byte {
            case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: ";"):
                if matched == name.utf8CodeUnitCount { return true }
                matched = 0
            default:
                guard let position = matched else { continue }
                let isNext = position < name.utf8CodeUnitCount && byte.asciiLowercased == name.utf8Start[position]
                matched = isNext ? position + 1 : nil
            }
        }
        return matched == name.utf8CodeUnitCount
    }

    private static func decoded(_ path: some Collection<UInt8>) -> [UInt8] {
        PercentEncoding.decode(path, brokenEscape: .kept) ?? Array(path)
    }
}
