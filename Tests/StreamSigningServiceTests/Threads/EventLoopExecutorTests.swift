import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

@testable import StreamSigningHTTP

@Suite("An event loop's executor", .timeLimit(.minutes(10)))
struct EventLoopExecutorTests {
    @Test(
        "answers on its loop what that can do in a turn, and hands the rest over",
        arguments: [1, EventLoopExecutor.share, EventLoopExecutor.share + 1, EventLoopExecutor.share * 4])
    func share(count: Int) async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let executor = EventLoopExecutor(loop)
        let onLoop = Atomic<Int>(0)
        // Asked for in one turn of the loop, as a read does that brings many requests.
        let replies = try await loop.submit {
            (0..<count).map { _ in
                Self.future(
                    executor.reply {
                        if loop.inEventLoop { onLoop.add(1, ordering: .relaxed) }
                        return .plain("done")
                    }, on: loop)
            }
        }.get()
        for reply in replies { #expect(try await reply.get().status == .ok) }
        #expect(onLoop.load(ordering: .relaxed) == min(count, EventLoopExecutor.share))
    }

    @Test("takes on a full share again in the next turn")
    func nextTurn() async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        let executor = EventLoopExecutor(loop)
        for _ in 0..<3 {
            let replies = try await loop.submit {
                (0..<EventLoopExecutor.share).map { _ in
                    Self.future(executor.reply { .plain(loop.inEventLoop ? "loop" : "thread") }, on: loop)
                }
            }.get()
            for reply in replies {
                guard case .bytes(let bytes) = try await reply.get().body else { return }
                #expect(bytes == Array("loop".utf8))
            }
        }
    }

    private static func future(_ reply: HTTPReply, on loop: any EventLoop) -> EventLoopFuture<HTTPAnswer> {
        guard case .later(let answer, _) = reply else { return loop.makeFailedFuture(ChannelError.eof) }
        return answer
    }
}
