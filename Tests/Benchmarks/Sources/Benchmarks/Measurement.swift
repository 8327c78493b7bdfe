/// What is measured in one go, and the names of the figures that come of it.
///
/// To add one, write an extension with a static member in a file of its own, and name it in ``all``.
struct Measurement: Sendable {
    let names: [String]
    private let take: @Sendable () async throws -> [Figure]

    init(_ names: String..., take: @escaping @Sendable () async throws -> [Figure]) {
        self.init(names: names, take: take)
    }

    init(names: [String], take: @escaping @Sendable () async throws -> [Figure]) {
        self.names = names
        self.take = take
    }

    static let all: [Measurement] = [
        .signing, .signingOnTwoThreads, .verification, .verificationOfRules, .jwtKitSigning, .jwtKitVerification,
        .batchSigning, .batchVerification, .oxyJWTSigning, .oxyJWTVerification, .signingAllocations,
        .verificationAllocations, .bulkTokens, .bulkVerification, .commandLineToken,
        .serviceToken, .serviceTokenWithRules, .serviceTokenAlone, .serviceCreate, .serviceWhileCreating, .serviceScale,
        .jwksHerd, .keyChurn, .serviceRevocations,
        .nodeRevocation, .nodeTokenRevocation, .nodeDisabledKey, .nodeMillionRevocations, .nodeStartup, .nodeGate,
        .nodeWrites,
        .gateCachedDecision, .gateUncachedDecision, .gateRevocations, .gateLastUsed, .gateCached, .gateCold,
        .gateSegment, .gateLive, .gateSessions, .gateDelete, .admissionForms, .besideFloods,
    ]

    /// The figures that were asked for: one measurement may yield more.
    func figures(named prefix: String) async throws -> [Figure] {
        try await take().filter { $0.name.hasPrefix(prefix) }
    }
}
