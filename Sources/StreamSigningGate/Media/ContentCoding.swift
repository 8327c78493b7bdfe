import NIOHTTP1
import StreamSigning
import StreamSigningHTTP

/// How a client wants the bytes of an answer (RFC 9110 12.5.3).
enum ContentCoding {
    /// Whether it takes gzip, and no less readily than plain bytes.
    static func acceptsGzip(_ headers: HTTPHeaders) -> Bool {
        var weights: [String: Double] = [:]
        for member in headers.members("accept-encoding") {
            let parts = member.filter { $0 != " " && $0 != "\t" }.split(
                separator: ";", omittingEmptySubsequences: false)
            guard let name = parts.first?.lowercased() else { continue }
            weights[name == "x-gzip" ? "gzip" : name] = weight(parts.dropFirst())
        }
        guard let gzip = weights["gzip"] ?? weights["*"], gzip > 0 else { return false }
        return gzip >= weights["identity"] ?? 0
    }

    /// 1 if there is none, 0 if it cannot be understood: plain bytes are always right.
    private static func weight(_ parameters: ArraySlice<Substring>) -> Double {
        guard let parameter = parameters.first else { return 1 }
        guard parameters.count == 1, parameter.lowercased().hasPrefix("q="),
            let weight = Double(parameter.dropFirst(2)), (0...1).contains(weight)
        else { return 0 }
        return weight
    }
}
