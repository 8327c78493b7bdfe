/// A request as it came in.
struct ReceivedRequest: Sendable {
    let method: String
    let path: String
    /// Names in lower case.
    let headers: [String: String]
    let body: String

    /// - Returns: the first request in `bytes` and its length; nil if it is not complete yet.
    static func read(_ bytes: [UInt8]) -> (ReceivedRequest, count: Int)? {
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: Array("\r\n\r\n".utf8)) }) else {
            return nil
        }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = String(parts.last?.drop { $0 == " " } ?? "")
        }
        let count = end + 4 + (headers["content-length"].flatMap { Int($0) } ?? 0)
        guard bytes.count >= count else { return nil }
        let request = ReceivedRequest(
            method: String(words[0]), path: String(words[1]), headers: headers,
            body: String(decoding: bytes[(end + 4)..<count], as: UTF8.self))
        return (request, count)
    }
}
