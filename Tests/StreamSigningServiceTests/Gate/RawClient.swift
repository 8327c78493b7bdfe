import Foundation
import NIOCore
import NIOPosix

/// Sends bytes as they are, which no HTTP client does: tests of a server need requests that are not well-formed.
enum RawClient {
    /// - Parameter room: bytes that the system keeps of what was not read; nil for as many as it likes.
    /// - Returns: everything until the server closes the connection.
    static func exchange(_ text: String, port: Int, room: Int? = nil) async throws -> [UInt8] {
        let channel = try await connect(port, room: room)
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            var received: [UInt8] = []
            for try await chunk in inbound { received += chunk.readableBytesView }
            return received
        }
    }

    /// Keeps a connection open on which something was asked, from the answer's first bytes on, for the length of `body`.
    static func hold(_ text: String, port: Int, body: () async throws -> Void) async throws {
        let channel = try await connect(port)
        try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            for try await _ in inbound { break }
            try await body()
        }
    }

    private static func connect(
        _ port: Int, room: Int? = nil
    ) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        var bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        if let room { bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: room) }
        return try await bootstrap.connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    }

    /// One request, and the answer to it.
    static func get(
        _ target: String, method: String = "GET", host: String = "gate.example", _ fields: [(String, String)] = [],
        port: Int
    ) async throws -> RawAnswer {
        let lines = [("Host", host), ("Connection", "close")] + fields
        let head = lines.map { "\($0.0): \($0.1)\r\n" }.joined()
        return try RawAnswer(await exchange("\(method) \(target) HTTP/1.1\r\n\(head)\r\n", port: port))
    }
}

/// The first answer in what a server sent.
struct RawAnswer {
    struct Malformed: Error {
        let bytes: [UInt8]
    }

    let status: Int
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    init(_ bytes: [UInt8]) throws {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw Malformed(bytes: bytes) }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        guard lines[0].hasPrefix("HTTP/1.1 "), let status = Int(lines[0].split(separator: " ")[1]) else {
            throw Malformed(bytes: bytes)
        }
        self.status = status
        fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            return (parts[0].lowercased(), parts[1].trimmingCharacters(in: .whitespaces))
        }
        body = Array(bytes[end.upperBound...])
    }

    subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    var denial: String? { self["x-stream-signing-denial"] }
    var text: String { String(decoding: body, as: UTF8.self) }
}
