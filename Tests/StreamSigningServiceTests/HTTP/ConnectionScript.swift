import NIOCore
import NIOHTTP1

@testable import StreamSigningHTTP

/// Plays what happens on a connection to its state, in words, and writes down what the state wants done.
///
/// What the client sends:
/// `get`, `head`; `get10` (HTTP/1.0), `last` (`Connection: close`), `upgrade`; `nohost`, `twohosts`, `badhost`, `http2`;
/// `post` (chunked), `post4` (of 4 bytes), `expect4` (the same, and waits to be asked), `gzip` (a body whose end nobody can tell);
/// `b2` (two bytes of a body), `end` (of a request), `broken` (not HTTP), `eof`.
///
/// What the service does: `answer`, `file` (answers with one), `shared` (with bytes that others get too, which the log calls a
/// file), `collect9` (wants the body, of up to nine bytes), `sent`, `slow` (gives up on the body), `stop`.
///
/// What the channel does: `read` (it wants to, and does or is held), `rest` (a read is complete), `blocked`, `free` (the client
/// takes nothing, or takes something again), `gone`.
struct ConnectionScript {
    private(set) var state = HTTPConnectionState()
    private(set) var log: [String] = []
    private var isWritable = true

    init(_ script: String) {
        for word in script.split(separator: " ") { play(String(word)) }
    }

    private mutating func play(_ word: String) {
        switch word {
        case "end": receive(.end(nil))
        case "broken": settle { $0.breakInput(.notHTTP) }
        case "eof": settle { $0.endInput() }
        case "stop": settle { $0.stop() }
        case "rest": settle { _ in }
        case "read": log.append(state.mayRead(isWritable: isWritable) ? "read" : "held")
        case "blocked": isWritable = false
        case "free":
            isWritable = true
            settle { _ in }
        case "gone": state.close()
        case "answer": answer(HTTPAnswer(.ok, .bytes([1])))
        case "file": answer(HTTPAnswer(.ok, .file(NoFile(), 0..<1)))
        case "shared": answer(HTTPAnswer(.ok, .shared(ByteBuffer(repeating: 0, count: 1))))
        case "sent":
            note(state.finishSending())
            settle { _ in }
        case "slow": note(state.giveUpBody())
        default:
            if let count = number(in: word, after: "collect") {
                note(state.collectBody(limit: count))
            } else if let count = number(in: word, after: "b") {
                receive(.body(ByteBuffer(repeating: 0, count: count)))
            } else {
                receive(.head(Self.head(word)))
            }
        }
        takeQueue()
    }

    private func number(in word: String, after prefix: String) -> Int? {
        word.hasPrefix(prefix) ? Int(word.dropFirst(prefix.count)) : nil
    }

    private mutating func receive(_ part: HTTPServerRequestPart) {
        note(state.receive(part, isWritable: isWritable))
    }

    private mutating func takeQueue() {
        while let action = state.next(isWritable: isWritable) { note(action) }
    }

    private mutating func settle(_ event: (inout HTTPConnectionState) -> Void) {
        event(&state)
        takeQueue()
        note(state.settle())
        if state.releasesRead(isWritable: isWritable) { log.append("read") }
    }

    private mutating func answer(_ answer: HTTPAnswer) {
        guard let answer = state.answer(answer) else { return log.append("-") }
        log.append((answer.streamed == nil ? "answer" : "file") + (answer.isLast ? "!" : ""))
    }

    private mutating func note(_ action: HTTPConnectionState.Action?) {
        switch action {
        case nil: break
        case .reply: log.append("reply")
        case .refuse(let problem): log.append("refuse:\(problem)")
        case .keep(let bytes): log.append("keep\(bytes.readableBytes)")
        case .finishBody(nil): log.append("body")
        case .finishBody(let problem?): log.append("body:\(problem)")
        case .noteEnd: log.append("end")
        case .flush: log.append("flush")
        case .linger: log.append("linger")
        case .close: log.append("close")
        }
    }

    private mutating func note(_ collection: HTTPConnectionState.Collection) {
        switch collection {
        case .begins(let room, asks: false): log.append("room\(room)")
        case .begins(let room, asks: true): log.append("ask\(room)")
        case .tooLarge: log.append("tooLarge")
        }
    }

    private static func head(_ word: String) -> HTTPRequestHead {
        let host = ("Host", "gate.example")
        let length = ("Content-Length", "4")
        func make(
            _ method: HTTPMethod, _ fields: [(String, String)], _ version: HTTPVersion = .http1_1
        ) -> HTTPRequestHead {
            HTTPRequestHead(version: version, method: method, uri: "/", headers: HTTPHeaders(fields))
        }
        return switch word {
        case "get": make(.GET, [host])
        case "head": make(.HEAD, [host])
        case "get10": make(.GET, [], .http1_0)
        case "last": make(.GET, [host, ("Connection", "close")])
        case "upgrade": make(.GET, [host, ("Connection", "Upgrade"), ("Upgrade", "h2c")])
        case "nohost": make(.GET, [])
        case "twohosts": make(.GET, [host, host])
        case "badhost": make(.GET, [("Host", "a/b@c")])
        case "http2": make(.GET, [host], .http2)
        case "post": make(.POST, [host, ("Transfer-Encoding", "chunked")])
        case "post4": make(.POST, [host, length])
        case "expect4": make(.POST, [host, length, ("Expect", "100-continue")])
        case "gzip": make(.POST, [host, ("Transfer-Encoding", "chunked, gzip")])
        default: make(.RAW(value: word), [])
        }
    }
}

/// A file that nobody reads.
private struct NoFile: BodyFile {
    var handle: NIOFileHandle { NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: -1) }
    var descriptor: CInt { -1 }
    func reaches(_ offset: Int) -> Bool { false }
    func read(_ range: Range<Int>) -> ByteBuffer? { nil }
}
