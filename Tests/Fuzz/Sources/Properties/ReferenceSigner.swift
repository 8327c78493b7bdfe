internal import CReferenceSigner

/// Signs whatever it is given with ``FixedKey/signing``, by OpenSSL alone.
public struct ReferenceSigner: @unchecked Sendable {
    /// The one that there is: libFuzzer calls from one thread.
    public static let shared = ReferenceSigner()

    private let signer: OpaquePointer

    private init() {
        var pem = FixedKey.pem
        guard
            let made = pem.withUTF8({ bytes in
                bytes.withMemoryRebound(to: CChar.self) { reference_signer_new($0.baseAddress, $0.count) }
            })
        else { fatalError("OpenSSL does not read the fixed key") }
        signer = made
    }

    /// The compact JWS of header and payload, which may be any bytes.
    public func token(header: some Sequence<UInt8>, payload: some Sequence<UInt8>) -> String {
        sign("\(SecondOpinion.base64URL(header)).\(SecondOpinion.base64URL(payload))")
    }

    /// The text, a dot, and the signature over the text. RS256 gives each text one signature only.
    public func sign(_ text: String) -> String {
        let message = Array(text.utf8)
        var signature = [UInt8](repeating: 0, count: 256)
        let count = reference_signer_sign(signer, message, message.count, &signature, signature.count)
        require(count == signature.count, "OpenSSL signs")
        return "\(text).\(SecondOpinion.base64URL(signature))"
    }
}
