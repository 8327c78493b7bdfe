internal import Properties
internal import StreamSigning

/// PEM, and whatever else a key file may hold.
///
/// An input that begins with 0, 1, 2 or 3 is the DER of a PEM block with the label of that number: a mutation of base64
/// text rarely leaves DER behind that is worth reading.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPEM(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    withFuzzedInput(start, count) { input in
        guard let label = input.first, label < PEMText.labels.count else {
            check(input)
            return
        }
        check(Array(PEMText.wrap(input.dropFirst(), label: PEMText.labels[Int(label)]).utf8))
    }
}

private func check(_ text: [UInt8]) {
    let signing = try? SigningKey(importing: text)
    if let signing {
        KeyProperties.check(signing)
    }
    guard let verification = try? VerificationKey(importing: text) else {
        require(signing == nil, "what is a private key is a public key too")
        return
    }
    require(signing == nil || verification == signing?.verificationKey, "both readings of a private key agree")
    KeyProperties.check(verification)
    checkCanonical(text, signing: signing, verification: verification)
}

/// A text of one block is written again with the same DER, whichever of both labels of its half it has; but for what is read
/// and not kept: a PKCS#8's attributes and its version 1, and the absence of parameters in an algorithm that should have NULL
/// ones.
private func checkCanonical(_ text: [UInt8], signing: SigningKey?, verification: VerificationKey) {
    guard let block = PEMText(onlyBlockOf: String(decoding: text, as: UTF8.self)) else { return }
    let isPrivate = block.label.hasSuffix("PRIVATE KEY")
    let written = requireSuccess("an imported key is written") {
        try isPrivate
            ? PrivateKeyEncoding.allCases.compactMap { try signing?.pem($0).reveal() }
            : PublicKeyEncoding.allCases.map { try verification.pem($0) }
    }
    let forms = written.compactMap { PEMText(onlyBlockOf: $0)?.der }
    guard let compact = forms.first, let wrapped = forms.last, forms.count == 2 else {
        require(false, "a key of a \(block.label) block is written as one")
        return
    }
    let hasAttributes = isPrivate && block.der.count > wrapped.count
    let lacksParameters = block.der.contains(PEMText.bareRSAEncryption)
    let hasVersionOne = isPrivate && block.der == PEMText.versionOne(of: wrapped)
    require(
        block.der == compact || block.der == wrapped || hasAttributes || lacksParameters || hasVersionOne,
        "a \(block.label) block is written as it was read")
}
