import Testing

@testable import StreamSigningHTTP

@Suite("The state of a connection")
struct HTTPConnectionStateTests {
    /// A script, and what comes of it. The words are explained at ``ConnectionScript``; `answer!` is the connection's last.
    typealias Row = (script: String, log: String)

    private func check(_ row: Row) {
        #expect(ConnectionScript(row.script).log == row.log.split(separator: " ").map(String.init))
    }

    @Test(
        "answers requests in order, one at a time",
        arguments: [
            ("get end answer rest", "reply end answer"),
            ("get answer end rest", "reply answer end"),
            ("get end answer get end answer", "reply end answer reply end answer"),
            ("get end get end answer answer", "reply end answer reply end answer"),
            ("get end get end get end rest answer rest answer", "reply end answer reply end answer reply end"),
            ("get end file get end rest sent answer", "reply end file reply end answer"),
            ("get file end sent rest", "reply file end"),
            ("head end file get", "reply end answer reply"),
            ("get end shared get end rest sent answer", "reply end file reply end answer"),
            ("head end shared get", "reply end answer reply"),
            ("post4 answer b4 end get", "reply answer end reply"),
            ("post4 file b2 b2 end sent get", "reply file end reply"),
        ] as [Row])
    func order(row: Row) { check(row) }

    @Test(
        "collects the body that an answer depends on, and no more than is accepted",
        arguments: [
            ("post4 collect9 b2 b2 end answer get", "reply room4 keep2 keep2 body answer reply"),
            ("post collect3 b3 end answer rest", "reply room3 keep3 body answer"),
            ("post collect0 end answer", "reply room0 body answer"),
            ("post4 collect4 b4 end answer", "reply room4 keep4 body answer"),
            ("post4 collect3 answer b4 end get sent", "reply tooLarge answer! linger"),
            ("post collect3 b4 answer b9 end sent", "reply room3 body:bodyTooLarge answer! linger"),
            ("post collect3 b2 b2 answer", "reply room3 keep2 body:bodyTooLarge answer!"),
            // The rest was read before the answer was there: where the next request begins is known.
            ("post collect3 b4 b9 end answer get", "reply room3 body:bodyTooLarge end answer reply"),
            ("post4 collect4 b1 slow answer b3 end sent", "reply room4 keep1 body:bodyTooSlow answer! linger"),
            ("get end slow", "reply end"), ("post4 answer slow", "reply answer"), ("slow", ""),
        ] as [Row])
    func bodies(row: Row) { check(row) }

    @Test(
        "asks a client for its body if that waits to be asked, and ends if it cannot know what the client does",
        arguments: [
            ("expect4 collect9 b4 end answer get", "reply ask4 keep4 body answer reply"),
            ("expect4 collect3 answer sent", "reply tooLarge answer! linger"),
            ("expect4 answer get sent", "reply answer! linger"),
            ("expect4 file b4 sent", "reply file! linger"),
            ("expect4 b4 end answer get", "reply end answer reply"),
        ] as [Row])
    func expectations(row: Row) { check(row) }

    @Test(
        "ends after an answer where the next request could not be told",
        arguments: [
            ("get10 end answer get sent", "reply end answer! linger"),
            ("last end answer get end sent", "reply end answer! linger"),
            ("last end get end answer sent", "reply end answer! linger"),
            ("last file end get sent", "reply file! linger"),
            ("upgrade end answer get sent", "reply end answer! linger"),
            ("http2 end answer get sent", "refuse:noHost end answer! linger"),
            ("gzip answer b9 end get sent", "refuse:notHTTP answer! linger"),
        ] as [Row])
    func lastAnswers(row: Row) { check(row) }

    @Test(
        "refuses a request without one valid host, and goes on",
        arguments: ["nohost", "twohosts", "badhost"])
    func hosts(request: String) {
        check(("\(request) end answer get", "refuse:noHost end answer reply"))
    }

    @Test(
        "answers what is not HTTP once, after the requests that came before it",
        arguments: [
            ("broken answer sent", "refuse:notHTTP answer! linger"),
            ("get end answer broken answer sent", "reply end answer refuse:notHTTP answer! linger"),
            ("get end broken answer rest answer sent", "reply end answer refuse:notHTTP answer! linger"),
            (
                "get end get end broken answer answer rest answer",
                "reply end answer reply end answer refuse:notHTTP answer!"
            ),
            ("get end file broken sent answer", "reply end file refuse:notHTTP answer!"),
            ("post collect9 b2 broken answer sent", "reply room9 keep2 body:bodyBroken answer! linger"),
            ("post answer broken sent", "reply answer flush linger"),
            ("post broken answer rest sent", "reply answer flush linger"),
            ("last end answer broken rest sent broken", "reply end answer! linger"),
            ("last end file broken rest sent", "reply end file! linger"),
            ("broken broken", "refuse:notHTTP"),
        ] as [Row])
    func brokenInput(row: Row) { check(row) }

    @Test(
        "answers a client that has said all, and closes",
        arguments: [
            ("eof", "close"),
            ("get end answer eof sent", "reply end answer flush close"),
            ("get end eof answer rest sent", "reply end answer flush close"),
            ("get end get end eof answer answer rest sent", "reply end answer reply end answer flush close"),
            ("get end file eof sent sent", "reply end file flush close"),
            ("post4 collect9 b2 eof answer sent", "reply room4 keep2 body:bodyBroken answer! close"),
            ("post4 answer eof sent", "reply answer flush close"),
            ("last end file eof sent", "reply end file! close"),
            ("last end answer eof sent", "reply end answer! close"),
            ("last end answer sent eof", "reply end answer! linger close"),
            ("get end broken eof answer rest answer sent", "reply end answer refuse:notHTTP answer! close"),
        ] as [Row])
    func endedInput(row: Row) { check(row) }

    @Test(
        "makes the next answer the last once the service stops",
        arguments: [
            ("stop", "close"), ("stop stop", "close"),
            ("get end answer stop sent", "reply end answer flush close"),
            ("get end stop answer get sent", "reply end answer! linger"),
            ("get end get end stop answer answer", "reply end answer! -"),
            ("get end file stop sent sent", "reply end file flush close"),
            ("post4 collect9 stop b4 end answer", "reply room4 keep4 body answer!"),
            ("post4 answer stop rest b4 end rest sent", "reply answer end flush close"),
            ("last end answer sent stop", "reply end answer! linger"),
            ("get end answer blocked get stop free answer", "reply end answer reply answer!"),
        ] as [Row])
    func stopping(row: Row) { check(row) }

    @Test(
        "makes no answer that the client does not take",
        arguments: [
            ("blocked get end rest", ""),
            ("get end answer blocked get end free answer", "reply end answer reply end answer"),
            ("post4 collect4 blocked b4 end", "reply room4 keep4 body"),
        ] as [Row])
    func backPressure(row: Row) { check(row) }

    @Test(
        "wants nothing done once it is closed, nor what was not asked for",
        arguments: [
            ("get end gone answer rest", "reply end -"), ("get end file gone sent", "reply end file"),
            ("gone get end rest broken eof stop", ""), ("post4 collect9 gone b4 end", "reply room4"),
            ("get end answer answer", "reply end answer -"), ("answer", "-"), ("get end sent", "reply end"),
            ("post4 answer collect9", "reply answer tooLarge"),
        ] as [Row])
    func closed(row: Row) { check(row) }

    @Test(
        "reads no further than it can answer, and makes up for it later",
        arguments: [
            ("read", "read"), ("get end answer read", "reply end answer read"),
            ("get read end answer rest rest", "reply held end answer read"),
            ("get end file read sent read", "reply end file held read read"),
            ("get end get read answer answer rest", "reply end held answer reply answer read"),
            ("post4 collect9 read", "reply room4 read"), ("post4 answer read", "reply answer read"),
            ("blocked read free free", "held read"),
            ("get end answer blocked read rest free", "reply end answer held read"),
            ("blocked get read free", "held reply"),
            ("last end answer read", "reply end answer! read"),
            ("last end answer blocked read", "reply end answer! held"),
            ("broken read answer", "refuse:notHTTP held answer!"),
            // What is read after the last answer is dropped, so that the answer arrives.
            ("last end answer blocked read sent", "reply end answer! held linger read"),
            ("get gone read", "reply read"),
            // One more read while a whole request is being answered, as long as no other waits.
            ("get end read answer rest", "reply end read answer"),
            ("get end read get read answer answer rest", "reply end read held answer reply answer read"),
            ("post4 collect9 b4 end read answer", "reply room4 keep4 body read answer"),
            ("get end blocked read free", "reply end held read"),
            ("get end read eof answer rest", "reply end read answer flush"),
            ("get end read broken answer rest", "reply end read answer refuse:notHTTP"),
            // Not of what is not HTTP: where it ends, nobody can tell.
            ("get end broken read answer rest", "reply end held answer refuse:notHTTP"),
            ("get end eof read answer rest", "reply end held answer flush read"),
            ("upgrade end read answer", "reply end held answer!"),
        ] as [Row])
    func reading(row: Row) { check(row) }

    @Test(
        "knows whose turn it is",
        arguments: [
            ("", "nobody"), ("get", "service"), ("get end", "service"), ("get end answer", "nobody"),
            ("get answer", "client"), ("post4 collect9", "client"), ("post4 collect9 b4 end", "service"),
            ("post4 answer", "client"), ("get file", "nobody"), ("last end answer", "nobody"), ("get gone", "nobody"),
        ])
    func turns(script: String, turn: String) {
        let state = ConnectionScript(script).state
        #expect(state.isAnswering == (turn == "service"))
        #expect(state.awaitsRest == (turn == "client"))
    }
}
