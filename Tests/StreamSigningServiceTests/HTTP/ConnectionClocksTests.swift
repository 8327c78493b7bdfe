import NIOCore
import StreamSigningStoreTesting
import Testing

@testable import StreamSigningHTTP

@Suite("The clocks of a connection")
struct ConnectionClocksTests {
    private let times = ConnectionTimes(
        idle: .seconds(60), request: .seconds(10), stall: .seconds(5), patience: .seconds(20))
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private func clocks() -> ConnectionClocks {
        var clocks = ConnectionClocks()
        clocks.lastActivity = start
        clocks.note(isOpen: false, isWritable: true, at: start)
        return clocks
    }

    @Test("run out when no request comes")
    func idle() throws {
        let next = try #require(clocks().next(times))
        #expect(next.delay == .idle && next.time == start + .seconds(60))
    }

    @Test("run out for a request that has begun, from when it was first seen to be incomplete")
    func request() throws {
        var clocks = clocks()
        clocks.note(isOpen: true, isWritable: true, at: start + .seconds(1))
        clocks.note(isOpen: true, isWritable: true, at: start + .seconds(9))
        let next = try #require(clocks.next(times))
        #expect(next.delay == .request && next.time == start + .seconds(11))
        clocks.note(isOpen: false, isWritable: true, at: start + .seconds(10))
        #expect(try #require(clocks.next(times)).delay == .idle)
    }

    @Test("begin again with the next request")
    func nextRequest() throws {
        var clocks = clocks()
        clocks.note(isOpen: true, isWritable: true, at: start)
        clocks.noteRequest(at: start)
        clocks.note(isOpen: true, isWritable: true, at: start + .seconds(9))
        #expect(try #require(clocks.next(times)).time == start + .seconds(19))
    }

    @Test("run out for a client that takes too little, even if it takes some now and then")
    func stall() throws {
        var clocks = clocks()
        clocks.note(isOpen: false, isWritable: false, at: start + .seconds(1))
        clocks.note(isOpen: false, isWritable: false, at: start + .seconds(4))
        let next = try #require(clocks.next(times))
        #expect(next.delay == .stall && next.time == start + .seconds(6))
    }

    @Test("stop while the client waits for the service, except for what it has to take")
    func waiting() throws {
        var clocks = clocks()
        clocks.isWaiting = true
        clocks.note(isOpen: true, isWritable: true, at: start)
        #expect(clocks.next(times) == nil)
        clocks.note(isOpen: true, isWritable: false, at: start)
        #expect(try #require(clocks.next(times)).delay == .stall)
    }
}
