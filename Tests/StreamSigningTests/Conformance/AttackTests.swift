import StreamSigning
import Testing

@Suite("Token corpus")
struct AttackTests {
    /// The codes with which a layer may refuse.
    private static let codes: [String: Set<Denial.Code>] = [
        "jose": [
            .tokenMissing, .tokenTooLarge, .tokenMalformed, .algorithmNotAllowed, .criticalHeaderUnsupported,
            .keyIDMissing, .keyIDMismatch, .keyUnknown, .signatureInvalid, .claimsMalformed,
        ],
        "time": [.expired, .notYetValid, .expiryMissing],
        "sub": [.videoMismatch, .claimsMalformed],
        "rules": [.blockedByRule, .rulesMalformed, .countryUnknown, .addressUnknown],
        "download": [.downloadNotAllowed],
    ]

    /// Of the rows that leave the choice to us, those we refuse: a key is found by its id alone. Trying each trusted key in
    /// turn would make it unclear what deleting one of them stops.
    private static let decidedRefusals: [String: Denial.Code] = [
        "kid-basic/missing-kid-two-keys": .keyIDMissing,
        "kid-basic/missing-kid-one-key": .keyIDMissing,
    ]
    /// And those we accept: a key or an address of one in the header is not looked at, and a careful signer may add it.
    private static let decidedAcceptances: Set<String> = [
        "header-keys/jwk-present-trusted-sig", "header-keys/jku-present-trusted-sig",
        "header-keys/x5u-present-trusted-sig", "header-keys/x5c-present-trusted-sig",
    ]

    @Test("is accepted, refused by the layer meant to, or decided as written down", arguments: try AttackRow.all())
    func verdict(_ row: AttackRow) throws {
        let code = try row.verdicts().code(of: row.token)
        switch row.expectation {
        case .accept:
            #expect(code == nil)
        case .reject:
            let expected = try #require(Self.codes[row.layer])
            #expect(code.map(expected.contains) == true, "refused with \(code?.rawValue ?? "nothing")")
        case .either:
            #expect(code == Self.decidedRefusals[row.name])
            #expect((code == nil) == Self.decidedAcceptances.contains(row.name))
        }
    }

    @Test("has the rows it is said to have")
    func count() throws {
        let rows = try AttackRow.all()
        #expect(rows.count == 215)
        #expect(rows.count { $0.expectation == .reject } == 168)
    }
}
