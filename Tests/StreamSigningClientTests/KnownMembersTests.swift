import StreamSigning
import StreamSigningWire
import Testing

/// The lists of names against the code that reads them: a member that is read and not listed would be called unknown, and one that
/// is listed and not read would be ignored without a word.
@Suite("The known members of a body")
struct KnownMembersTests {
    /// Reads a body.
    /// - Returns: its messages, and the member that could not be read.
    private func read<Request>(
        _ body: String, as reading: (JSONValue) throws(WireProblem) -> Request, _ messages: (Request) -> [APIMessage]
    ) throws -> (messages: [APIMessage], pointer: String?) {
        try [UInt8](body.utf8).withUnsafeBufferPointer { bytes in
            let value = try StrictJSON(parsing: bytes).root
            do throws(WireProblem) {
                return (messages(try reading(value)), nil)
            } catch {
                return ([], error.pointer)
            }
        }
    }

    private func read(_ path: String, _ body: String) throws -> (messages: [APIMessage], pointer: String?) {
        switch path {
        case "explain": try read(body, as: ExplainRequest.init(reading:)) { $0.messages }
        case "keys": try read(body, as: KeyUpdateRequest.init(reading:)) { $0.messages }
        default: try read(body, as: RevocationBatch.init(reading:)) { $0.messages }
        }
    }

    @Test(
        "are all that are read",
        arguments: [
            (
                "explain",
                #"{"token":"a","video":"v","path":"p","address":"192.0.2.1","country":"GB","time":1800000000}"#
            ),
            ("explain", #"{"url":"a"}"#), ("keys", #"{"name":"a","enabled":true,"expires":1800000000}"#),
            ("revocations", #"{"token":"a"}"#), ("revocations", #"{"session":"a"}"#),
            ("revocations", #"{"video":"a"}"#),
            ("revocations", #"{"viewer":"a","issuedBefore":1800000000,"until":1800000060,"reason":"a"}"#),
        ])
    func read(path: String, body: String) throws {
        let (messages, pointer) = try read(path, body)
        #expect(messages.isEmpty && pointer == nil)
    }

    @Test("are read, each of those that a message lists", arguments: ["explain", "keys", "revocations"])
    func listed(_ path: String) throws {
        let required = ["explain": #""token":"a","#, "revocations": #""token":"a","#][path] ?? ""
        let message = try #require(try read(path, #"{\#(required)"unknown":1}"#).messages.first?.message)
        let names = message.matches(of: /`([A-Za-z]+)`/).map { String($0.1) }.dropFirst()
        #expect(names.count >= 3, "\(message)")
        for name in names {
            let body = name == "token" ? #"{"token":[]}"# : #"{\#(required)"\#(name)":[]}"#
            #expect(try read(path, body).pointer == "/\(name)", "no text, number or truth value is a list")
        }
    }
}
