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
        .gateSegment, .gateLive, .gateManifests, .gateSessions, .gateDelete, .admissionForms, .besideFloods,
    ]

    /// The figures that are wanted: one measurement may yield more.
    /// - Parameter isWanted: says it of a name.
    func figures(where isWanted: (String) -> Bool) async throws -> [Figure] {
        try await take().filter { isWanted($0.name) }
    }
}
