#if Service
    import HTTPTypes
    import Hummingbird
    import NIOCore
    import StreamSigning
    import StreamSigningWire

    /// A request's body, collected within the limits and read as strict JSON.
    ///
    /// An empty body is an empty object, whatever its content type: official SDKs send `Content-Type: application/json` with
    /// nothing behind it.
    struct RequestBodyText {
        /// A private half may be in it. What the network stack keeps in buffers of its own is out of reach.
        private let bytes: SecretBytes

        init(collecting request: Request, limits: ServiceLimits) async throws {
            let limit = limits.bodyBytes
            if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
                throw APIError.bodyTooLarge(limit: limit)
            }
            var request = request
            let isEmpty = request.headers[.contentLength] == "0"
            let hasBody = request.headers[.contentLength] != nil || request.headers[.transferEncoding] != nil
            var buffer = isEmpty || !hasBody ? ByteBuffer() : try await Self.collect(&request, limits)
            bytes = buffer.withUnsafeReadableBytes { SecretBytes(copying: $0) }
            _ = buffer.withUnsafeMutableReadableBytes { $0.initializeMemory(as: UInt8.self, repeating: 0) }
            guard bytes.count == 0 || Self.isJSON(request.headers[.contentType]) else {
                throw APIError(
                    .unsupportedMediaType,
                    APIMessage(.unsupportedMediaType, "the body's content type is not application/json"))
            }
        }

        /// Reads the body by `read`, as an object without members if there is none.
        func value<Value>(_ read: (JSONValue) throws(WireProblem) -> Value) throws(APIError) -> Value {
            let isBlank = bytes.withUnsafeBytes { $0.allSatisfy(Self.isSpace) }
            return try (isBlank ? SecretBytes(copying: Array("{}".utf8)) : bytes).withUnsafeBytes {
                text throws(APIError) in
                let bytes = text.bindMemory(to: UInt8.self)
                let document: StrictJSON
                do throws(StrictJSON.Failure) {
                    document = try StrictJSON(parsing: bytes)
                } catch {
                    throw .badRequest("the body is not strict JSON: \(error.reason) (at byte \(error.offset))")
                }
                do throws(WireProblem) {
                    return try read(document.root)
                } catch {
                    throw APIError(error)
                }
            }
        }

        private static func isSpace(_ byte: UInt8) -> Bool {
            byte == 0x20 || (0x09...0x0D).contains(byte)
        }

        /// PHP's curl says `application/x-www-form-urlencoded` of everything it posts, and is not refused for it as long as
        /// what it posts is JSON; a body that says nothing of itself is read as JSON.
        private static func isJSON(_ contentType: String?) -> Bool {
            guard let type = contentType?.prefix(while: { $0 != ";" }).lowercased() else { return true }
            return type.hasPrefix("application/json") || type.hasSuffix("+json") || type == "text/plain"
                || type == "application/x-www-form-urlencoded"
        }

        private static func collect(_ request: inout Request, _ limits: ServiceLimits) async throws -> ByteBuffer {
            let body = request.body
            return try await withThrowingTaskGroup(of: ByteBuffer.self) { group in
                group.addTask {
                    do {
                        return try await body.collect(upTo: limits.bodyBytes)
                    } catch is NIOTooManyBytesError {
                        throw APIError.bodyTooLarge(limit: limits.bodyBytes)
                    } catch {
                        // Bad chunks, or the end of the connection within the body: the client's doing, not the store's.
                        throw APIError.bodyBroken
                    }
                }
                group.addTask {
                    try await Task.sleep(for: limits.requestTimeout)
                    throw APIError(
                        .requestTimeout, APIMessage(.requestTimeout, "the body took too long to arrive"),
                        headers: [.connection: "close"])
                }
                defer { group.cancelAll() }
                guard let bytes = try await group.next() else { return ByteBuffer() }
                return bytes
            }
        }
    }
#endif
