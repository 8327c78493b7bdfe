internal import FoundationEssentials

/// A key of somebody else's, of which the service gets to know the public half.
///
/// Its modulus is 2,048 random bits: nobody checks a signature with it, and to make so many real keys takes hours.
struct ForeignKey {
    let id: String
    private let modulus: String

    init() {
        let bytes = (0..<256).map { _ in UInt8.random(in: .min ... .max) }
        let odd = [bytes[0] | 0x80] + bytes[1..<255] + [bytes[255] | 1]
        id = bytes[..<16].map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        modulus = Data(odd).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// The body of a `POST keys` that imports it.
    var importBody: String {
        #"{"id":"\#(id)","jwk":"{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"\#(modulus)\"}"}"#
    }

    /// The body of a token request that has the service look for the key, and goes no further: to read a private half
    /// and to sign take many times as long, and would hide what the look-up takes.
    var lookUpBody: String {
        #"{"id":"\#(id)","pem":"bm8ga2V5"}"#
    }
}

extension HTTPConnection {
    /// Imports so many keys and returns the last.
    @discardableResult
    func importKeys(_ count: Int) throws -> ForeignKey {
        for _ in 1..<count {
            try send("POST", "keys", body: ForeignKey().importBody)
        }
        let last = ForeignKey()
        try send("POST", "keys", body: last.importBody)
        return last
    }
}
