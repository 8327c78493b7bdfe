import StreamSigning
import Testing

@Suite("The mark of keys that sign sessions")
struct SessionKeyTests {
    private func jwk(_ member: String) throws -> String {
        String(try TestKeys.second().verificationKey.jwk().dropLast()) + ",\(member)}"
    }

    @Test("is written into the JWK and read from it, alone and in a set")
    func roundTrip() throws {
        let key = try TestKeys.first().verificationKey.signingSessions()
        let text = try key.jwk()
        #expect(text.hasSuffix(#","streamSigning":{"sessions":true}}"#))
        #expect(try VerificationKey(importing: text).signsSessions)
        let set = try KeySet([key, TestKeys.second().verificationKey]).jwks()
        let keys = try KeySet(importing: set)
        #expect(keys[key.id]?.signsSessions == true)
        #expect(keys[try TestKeys.second().id]?.signsSessions == false)
    }

    @Test(
        "is nothing else",
        arguments: [
            #""streamSigning":true"#, #""streamSigning":{}"#, #""streamSigning":{"sessions":false}"#,
            #""streamSigning":{"sessions":"true"}"#, #""streamSigning":{"sessions":1}"#, #""streamSigning":null"#,
            #""sessions":true"#, #""streamsigning":{"sessions":true}"#, #""streamSigning":[{"sessions":true}]"#,
        ])
    func other(member: String) throws {
        #expect(try !VerificationKey(importing: jwk(member)).signsSessions)
    }

    @Test("is kept if one of two sets has it")
    func union() throws {
        let plain = try TestKeys.first().verificationKey
        let (one, two) = (try KeySet([plain]), try KeySet([plain.signingSessions()]))
        for set in [try one.union(two), try two.union(one)] { #expect(set[plain.id]?.signsSessions == true) }
    }

    @Test("is not on keys that nobody marked")
    func unmarked() throws {
        #expect(try !TestKeys.first().verificationKey.signsSessions)
        #expect(try !TestKeys.first().verificationKey.jwk().contains("streamSigning"))
    }
}
