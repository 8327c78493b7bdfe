/// Which paths are downloads.
///
/// Whoever serves the file may resolve dots, slashes and percent signs that a client wrote, so what counts is not how the
/// path begins: any segment `downloads` makes it one, in whatever case and encoding it is written. No path of Stream's
/// has such a segment elsewhere.
enum DownloadPath {
    /// - Parameter path: what stands behind the token, query and fragment included.
    static func matches(_ path: some Collection<UInt8>) -> Bool {
        let segments = path.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard segments.contains(UInt8(ascii: "%")) else { return hasDownloads(segments) }
        // Twice, for a proxy and a server that each decode once.
        return hasDownloads(decoded(decoded(Array(segments))))
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
                // Setting bit 5 makes a letter lower-case.
                let isNext = position < name.utf8CodeUnitCount && byte | 0x20 == name.utf8Start[position]
                matched = isNext ? position + 1 : nil
            }
        }
        return matched == name.utf8CodeUnitCount
    }

    /// Percent signs without two hexadecimal digits behind them stay as they are.
    private static func decoded(_ path: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(path.count)
        var rest = path[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), let high = rest.first.flatMap(digit),
                let low = rest.dropFirst().first.flatMap(digit)
            else {
                decoded.append(byte)
                continue
            }
            decoded.append(high << 4 | low)
            rest = rest.dropFirst(2)
        }
        return decoded
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
        default: nil
        }
    }
}
