import StreamSigning
import Testing

@Suite("Ids of revocations")
struct RevocationIDTests {
    @Test("random ones are read back, and differ")
    func random() throws {
        let ids = try (0..<100).map { _ in try RevocationID.random() }
        #expect(Set(ids).count == 100)
        #expect(ids.allSatisfy { $0.rawValue.contains(/^[0-9a-f]{32}$/) && RevocationID($0.rawValue) == $0 })
        #expect(ids.sorted().map(\.rawValue) == ids.map(\.rawValue).sorted())
    }

    @Test("begin with the time they are made at, to the millisecond, and differ all the same")
    func ordered() throws {
        let times: [NumericDate] = [
            -1, 0, 1_790_000_000, NumericDate(1_790_000_000) + .milliseconds(7),
            NumericDate(1_790_000_000) + .seconds(1), .latest,
        ]
        let ids = try times.map { time in try (0..<100).map { _ in try RevocationID.random(at: time) } }
        #expect(Set(ids.joined()).count == 600)
        let beginnings = ids.map { Set($0.map { String($0.rawValue.prefix(12)) }) }
        #expect(
            beginnings == [
                ["000000000000"], ["000000000000"], ["01a0c4506c00"], ["01a0c4506c07"], ["01a0c4506fe8"],
                ["e677d21fd818"],
            ])
    }

    @Test(
        "keep every digit",
        arguments: [
            "00000000000000000000000000000000", "0123456789abcdef0f1e2d3c4b5a6978", String(repeating: "f", count: 32),
        ])
    func digits(_ text: String) {
        #expect(RevocationID(text)?.rawValue == text)
    }

    @Test(
        "are 32 lower-case hexadecimal digits and nothing else",
        arguments: [
            "", "0", String(repeating: "0", count: 31), String(repeating: "0", count: 33),
            "0123456789ABCDEF0123456789abcdef", "0123456789abcdef0123456789abcdeg", " 123456789abcdef0123456789abcdef",
            "0x23456789abcdef0123456789abcdef", "٠123456789abcdef0123456789abcde", "-123456789abcdef0123456789abcdef",
        ])
    func refused(_ text: String) {
        #expect(RevocationID(text) == nil)
    }
}
