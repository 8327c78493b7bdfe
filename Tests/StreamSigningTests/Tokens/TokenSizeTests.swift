import Testing

@testable import StreamSigning

@Suite("The size of a token")
struct TokenSizeTests {
    /// A token of exactly `count` bytes; the header takes what base64's steps of four thirds leave over.
    private static func token(count: Int) throws -> String {
        let key = try TestKeys.first()
        for padding in 0..<4 {
            let note = String(repeating: "x", count: padding)
            var forged = ForgedToken(key: key)
            forged.header = #"{"alg":"RS256","kid":"\#(key.id)","x":"\#(note)"}"#
            let rest = count - ForgedToken.segment(Array(forged.header.utf8)).count - 2 - 342
            let filler = rest * 3 / 4 - forged.payload.utf8.count - #","y":"""#.utf8.count
            forged.payload = forged.payload.dropLast() + #","y":"\#(String(repeating: "y", count: filler))"}"#
            let token = try forged.signed(by: key)
            if token.utf8.count == count { return token }
        }
        throw Vectors.Missing(path: "a token of \(count) bytes")
    }

    @Test(
        "is at most 8192 bytes when verifying",
        arguments: [(8_191, nil), (8_192, nil), (8_193, .tokenTooLarge)] as [(Int, Denial.Code?)])
    func verifying(count: Int, code: Denial.Code?) throws {
        let token = try Self.token(count: count)
        #expect(token.utf8.count == count)
        #expect(try Verdicts.standard().code(of: token) == code)
    }

    @Test("too large is said before anything is read of it", arguments: [8_193, 1_000_000])
    func garbage(count: Int) throws {
        #expect(try Verdicts.standard().code(of: String(repeating: ".", count: count)) == .tokenTooLarge)
        #expect(try Verdicts.standard().code(of: String(repeating: "\u{0}", count: count)) == .tokenTooLarge)
    }

    @Test("is counted in bytes, not in characters")
    func bytes() throws {
        #expect(try Verdicts.standard().code(of: String(repeating: "😀", count: 2_048)) == .tokenMalformed)
        #expect(try Verdicts.standard().code(of: String(repeating: "😀", count: 2_049)) == .tokenTooLarge)
    }

    @Test("is at most 8192 bytes when signing: a longer one would be refused everywhere")
    func signing() throws {
        let key = try TestKeys.first()
        let signer = TokenSigner(key: key)
        let video = try VideoID(ForgedToken.video)
        var largest = 0
        for count in 100...500 {
            let networks = try (0..<count).map { try IPNetwork("192.0.\($0 / 256).\($0 % 256)") }
            let claims = try PlaybackClaims(
                video: video, expires: ForgedToken.expiry, rules: [.allow(.addresses(networks))])
            do {
                let token = try signer.sign(claims)
                largest = token.rawValue.utf8.count
                #expect(largest <= PlaybackToken.maximumCount)
            } catch {
                #expect(error.code == .unsupported)
                #expect(largest > PlaybackToken.maximumCount - 24)
                return
            }
        }
        Issue.record("no size was refused")
    }
}
