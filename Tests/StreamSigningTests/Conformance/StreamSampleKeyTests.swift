import Foundation
import Testing

@testable import StreamSigning

@Suite("Cloudflare's published sample key")
struct StreamSampleKeyTests {
    private static let id = "5213cfa121f70b8c1380686ffc371ba3"

    /// The sample in every form that the API and its users have it in.
    enum Form: String, CaseIterable, Sendable {
        case apiPEM, apiJWK, pem, jwk, result, wholeAnswer, jwks, sample

        func text() throws -> String {
            let sample = try Vectors.object("cf-stream-example-key.json")
            let pem: String = try sample.required("pem")
            let jwk: String = try sample.required("jwk")
            let result = #"{"id":"\#(id)","pem":"\#(pem)","jwk":"\#(jwk)","created":"2021-06-15T21:06:54.763937286Z"}"#
            return switch self {
            case .apiPEM: pem
            case .apiJWK: jwk
            case .pem: try Self.decode(pem)
            case .jwk: try Self.decode(jwk)
            case .result: result
            case .wholeAnswer: #"{"result":\#(result),"success":true,"errors":[],"messages":[]}"#
            case .jwks: try #"{"keys":[\#(Self.decode(jwk))]}"#
            case .sample: try Vectors.text("cf-stream-example-key.json")
            }
        }

        var carriesID: Bool { self != .apiPEM && self != .pem }

        private static func decode(_ text: String) throws -> String {
            String(decoding: try #require(Data(base64Encoded: text)), as: UTF8.self)
        }
    }

    @Test("is imported from every form, and exported as the API gives it, byte for byte", arguments: Form.allCases)
    func roundTrip(_ form: Form) throws {
        let id = try KeyID(Self.id)
        let key = try SigningKey(importing: form.text(), id: form.carriesID ? nil : id)
        #expect(key.id == id)
        #expect(key.bits == 2048)
        #expect(try key.streamPEM().reveal() == Form.apiPEM.text())
        #expect(try key.streamJWK().reveal() == Form.apiJWK.text())
        #expect(try key.pem().reveal() == Form.pem.text())
        #expect(try key.jwk().reveal() == Form.jwk.text())
    }

    @Test("gets an id from its thumbprint where the form carries none", arguments: [Form.apiPEM, .pem])
    func derivedID(_ form: Form) throws {
        let key = try SigningKey(importing: form.text())
        #expect(key.hasDerivedID && key.id.rawValue.utf8.count == 32)
        #expect(try VerificationKey(importing: form.text()).id == key.id)
    }

    @Test("is written as the `result` of a create, which is read again")
    func answer() throws {
        let key = try TestKeys.first()
        let text = try key.streamJSON(created: 1_623_791_214).reveal()
        let answer = try JSONRow(parsing: Data(text.utf8))
        #expect(text.hasPrefix(#"{"id":"\#(Self.id)","pem":"LS0t"#))
        #expect(try answer.required("created") == "2021-06-15T21:06:54Z")
        #expect(try SigningKey(importing: text) == key)
    }

    @Test("is the same key in PKCS#8, and as a public key")
    func otherEncodings() throws {
        let key = try TestKeys.first()
        #expect(try SigningKey(importing: key.pem(.pkcs8).reveal(), id: key.id) == key)
        for encoding in PublicKeyEncoding.allCases {
            let text = try key.verificationKey.pem(encoding)
            #expect(try VerificationKey(importing: text, id: key.id) == key.verificationKey)
        }
        #expect(try VerificationKey(importing: key.verificationKey.jwk()) == key.verificationKey)
    }
}
