import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningStore
@testable import StreamSigningWire

@Suite("Imports and proofs")
struct ImportProofTests {
    enum Material: CaseIterable, Sendable {
        case named, derived, thumbprint, unnamed, privateHalf
    }

    /// What is imported: the text of a key, and its id.
    private func material(_ form: Material) throws -> (text: SecretBytes, id: String?) {
        let key = try SigningKey.testKey
        let pem = SecretBytes(copying: Array(try key.verificationKey.pem().utf8))
        switch form {
        case .named: return (pem, "studio")
        case .derived: return (pem, try VerificationKey(importing: key.verificationKey.pem()).id.rawValue)
        case .thumbprint: return (pem, try key.verificationKey.thumbprint())
        case .unnamed: return (pem, nil)
        case .privateHalf: return (try key.pem(), "studio")
        }
    }

    private func refusal(
        _ form: Material, _ wanted: ImportProof, _ proof: KeyProof? = nil
    ) async throws -> ServiceError? {
        let (text, id) = try material(form)
        var outcome: ServiceError?
        try await OperationsFixture.run(importProof: wanted) { service in
            outcome = await OperationsFixture.refusal {
                _ = try await service.operations.importKey(
                    text, id: id, proof: proof, at: "/pem", into: service.account, by: service.caller)
            }
        }
        return outcome
    }

    @Test("none is wanted by default", arguments: Material.allCases)
    func off(form: Material) async throws {
        #expect(try await refusal(form, .off) == nil)
    }

    @Test(
        "one is wanted for a name of somebody's choice, unless the private half comes along",
        arguments: Material.allCases)
    func named(form: Material) async throws {
        let refusal = try await refusal(form, .named)
        #expect((refusal != nil) == (form == .named))
        #expect(refusal == nil || refusal?.pointer == "/proof" && refusal?.code == .invalidRequest)
    }

    @Test("one is wanted for every public half, if the operator says so", arguments: Material.allCases)
    func always(form: Material) async throws {
        #expect((try await refusal(form, .always) != nil) == (form != .privateHalf))
    }

    @Test(
        "a good one is accepted, and a wrong one refused, whether it is wanted or not",
        arguments: ImportProof.allCases)
    func proofs(wanted: ImportProof) async throws {
        let key = try SigningKey(importing: SigningKey.testKey.pem().reveal(), id: KeyID("studio"))
        let account = Sample.account().rawValue
        let good = try KeyProof(signing: key, for: account, at: Sample.time)
        #expect(try await refusal(.named, wanted, good) == nil)
        for wrong in [
            try KeyProof(signing: key, for: "other", at: Sample.time),
            try KeyProof(signing: key, for: account, at: Sample.time - .seconds(301)),
            try KeyProof(signing: .testKey, for: account, at: Sample.time), KeyProof(rawValue: ""),
        ] {
            let refusal = try await refusal(.named, wanted, wrong)
            #expect(refusal?.code == .invalidRequest && refusal?.pointer == "/proof")
        }
    }

    @Test("a refusal of a taken id says the same, regardless of who has it and whether it is deleted")
    func takenIDs() async throws {
        try await OperationsFixture.run { service in
            let other = Sample.account("b")
            let (text, _) = try material(.named)
            let again = { (id: String) async -> ServiceError? in
                await OperationsFixture.refusal {
                    _ = try await service.operations.importKey(
                        text, id: id, at: "/pem", into: service.account, by: service.caller)
                }
            }
            for id in ["live", "deleted", "compacted"] {
                let key = try Sample.key(Sample.publicKey(id: KeyID(id)), of: other)
                try await service.store.add(key)
                if id != "live" { try await service.store.delete(key.key.id, of: other) }
                if id == "compacted" { try await service.store.compactAll() }
            }
            let refusals = [await again("live"), await again("deleted"), await again("compacted")]
            #expect(await again("mine") == nil)
            let own = await again("mine")
            #expect(own?.code == .keyExists)
            #expect(refusals.allSatisfy { $0 == own })
        }
    }

    @Test("a freed id is trusted for its next key when this node has heard of the release, and its deletion counts")
    func freedID() async throws {
        try await OperationsFixture.run { service in
            let id = try KeyID("studio")
            let squatter = try Sample.key(Sample.publicKey(id: id), of: Sample.account("b"))
            let changes = { @Sendable (number: Int64) async throws in try await service.store.allChanges(after: number)
            }
            try await service.store.add(squatter)
            try await service.store.delete(id, of: squatter.account)
            try service.ring.apply(try await changes(0))
            _ = try await service.store.release(
                id, of: squatter.account, at: Sample.time, audit: Sample.event(.keyIDReleased))
            let text = try material(.named).text
            // The follower of a running node does this a moment later.
            let following = Task {
                while try await changes(3).isEmpty { try await Task.sleep(for: .milliseconds(1)) }
                #expect(service.ring[id]?.isRevoked == true, "not before the release is known here")
                try service.ring.apply(try await changes(2))
            }
            _ = try await service.operations.importKey(
                text, id: id.rawValue, at: "/pem", into: service.account, by: service.caller)
            try await following.value
            #expect(service.ring[id]?.isRevoked == false && service.ring[id]?.account == service.account)
            _ = try await service.operations.delete(id.rawValue, of: service.account, by: service.caller)
            #expect(service.ring[id]?.isRevoked == true)
        }
    }
}
