@testable import StreamSigning

/// A token of any header and payload text, truly signed: what a careless or hostile holder of a key could make.
struct ForgedToken {
    var header: String
    var payload: String

    static let video = "ea95132c15732412d22c1476fa83f27a"
    /// `exp` of the payloads made here; tests look at them an hour before.
    static let expiry: NumericDate = 1_760_003_600
    static let now: NumericDate = 1_760_000_000

    /// - Parameter payload: what follows `sub` and `kid`, with its leading comma.
    init(key: SigningKey, payload rest: String = ",\"exp\":1760003600") {
        header = #"{"alg":"RS256","kid":"\#(key.id)"}"#
        payload = #"{"sub":"\#(Self.video)","kid":"\#(key.id)"\#(rest)}"#
    }

    init(header: String, payload: String) {
        self.header = header
        self.payload = payload
    }

    func signed(by key: SigningKey) throws -> String {
        try Self.sign(Self.segment(Array(header.utf8)) + "." + Self.segment(Array(payload.utf8)), by: key)
    }

    static func segment(_ bytes: [UInt8]) -> String {
        bytes.withUnsafeBytes { Base64.url.encode($0) }
    }

    static func sign(_ signedText: String, by key: SigningKey) throws -> String {
        var signature = [UInt8](repeating: 0, count: key.handle.signatureCount)
        try signature.withUnsafeMutableBytes { buffer in
            try Array(signedText.utf8).withUnsafeBytes { try key.handle.sign($0, into: buffer) }
        }
        return signedText + "." + segment(signature)
    }
}
