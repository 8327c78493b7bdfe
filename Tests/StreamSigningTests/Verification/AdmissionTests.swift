import StreamSigning
import Testing

@Suite("Authenticating once and admitting often")
struct AdmissionTests {
    @Test("gives what verifying gives")
    func admission() throws {
        let key = try TestKeys.first()
        let verdicts = try Verdicts.standard()
        let token = try ForgedToken(key: key).signed(by: key)
        let authenticated = try verdicts.verifier.authenticate(token)
        #expect(authenticated.keyID == key.id && authenticated.expires == ForgedToken.expiry)
        for now in [ForgedToken.now, ForgedToken.expiry - .seconds(1)] {
            let admitted = try verdicts.verifier.admit(authenticated, for: verdicts.request, at: now)
            #expect(try admitted == verdicts.verifier.verify(token, for: verdicts.request, at: now))
        }
        let denial = #expect(throws: Denial.self) {
            try verdicts.verifier.admit(authenticated, for: verdicts.request, at: ForgedToken.expiry)
        }
        #expect(denial?.code == .expired)
    }

    @Test("takes bytes that are no text")
    func bytes() throws {
        let verifier = try Verdicts.standard().verifier
        for bytes: [UInt8] in [[], [0xFF], [0x2E, 0x2E], [0x61, 0x2E, 0xC3, 0x2E, 0x61]] {
            #expect(throws: Denial.self) {
                try bytes.withUnsafeBufferPointer { _ = try verifier.authenticate(utf8: $0) }
            }
        }
    }

    @Test("takes any video only where that is asked for, and then `sub` must be a video id")
    func anyVideo() throws {
        let key = try TestKeys.first()
        var verdicts = try Verdicts.standard()
        verdicts.request = .insecureForAnyVideo()
        #expect(try verdicts.code(of: ForgedToken(key: key).signed(by: key)) == nil)
        var forged = ForgedToken(key: key)
        forged.payload = #"{"sub":"../../etc/passwd","exp":1760003600}"#
        #expect(try verdicts.code(of: forged.signed(by: key)) == .videoMismatch)
    }
}
