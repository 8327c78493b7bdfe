import NIOHTTP1
import StreamSigning
import StreamSigningHTTP
import StreamSigningWire

/// A request's body, read as strict JSON.
///
/// An empty body is an empty object, whatever its content type: official SDKs send `Content-Type: application/json` without a
/// body.
struct RequestBodyText: Sendable {
    private let bytes: SecretBytes

    init(_ body: Result<SecretBytes, HTTPProblem>, of head: HTTPRequestHead, limit: Int) throws(APIError) {
        do throws(HTTPProblem) {
            bytes = try body.get()
        } catch {
            throw APIError(error, bodyLimit: limit)
        }
        guard bytes.count == 0 || Self.isJSON(head.headers.first(name: "content-type")) else {
            throw APIError(
                .unsupportedMediaType,
                APIMessage(.unsupportedMediaType, "the body's content type is not application/json"))
        }
    }

    var count: Int { bytes.count }

    /// Reads the body by `read`; an empty one as an object without members.
    func value<Value>(_ read: (JSONValue) throws(WireProblem) -> Value) throws(APIError) -> Value {
        let isBlank = bytes.withUnsafeBytes { $0.allSatisfy(\.isASCIIWhitespace) }
        return try (isBlank ? SecretBytes(copying: Array("{}".utf8)) : bytes).withUnsafeBytes {
            text throws(APIError) in
            let bytes = text.bindMemory(to: UInt8.self)
            let document: StrictJSON
            do throws(StrictJSON.Failure) {
                document = try StrictJSON(parsing: bytes)
            } catch {
                // A PEM begins so, and no JSON does.
                let isPEM = bytes.starts(with: "-----BEGIN".utf8)
                throw .badRequest(
                    isPEM
                        ? "the body is a PEM, and not JSON: send it as the member `pem` of an object"
                        : "the body is not strict JSON: \(error.reason) (at byte \(error.offset))")
            }
            do throws(WireProblem) {
                return try read(document.root)
            } catch {
                throw APIError(error)
            }
        }
    }

    /// PHP's curl calls everything it posts `application/x-www-form-urlencoded`, so that is accepted as long as the body is
    /// JSON. A body without a content type is read as JSON.
    private static func isJSON(_ contentType: String?) -> Bool {
        guard let type = contentType?.prefix(while: { $0 != ";" }).lowercased() else { return true }
        return type.hasPrefix("application/json") || type.hasSuffix("+json") || type == "text/plain"
            || type == "application/x-www-form-urlencoded"
    }
}
