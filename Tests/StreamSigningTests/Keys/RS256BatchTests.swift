import COpenSSLShim
import CSoftwareMultiBuffer
import Testing

@testable import StreamSigning

/// The lanes, by either implementation. Each result is compared with what OpenSSL gives one by one.
@Suite("RS256 in batches")
struct RS256BatchTests {
    @Test("signs any number of messages as one by one", arguments: BatchLibrary.all, 1...20)
    func signing(library: BatchLibrary, count: Int) throws {
        let keys = try [TestKeys.first(), TestKeys.second(), TestKeys.secondWithSmallerPrimeFirst()].map(\.handle)
        let messages = (0..<count).map { [UInt8](repeating: UInt8($0), count: $0 * 37) }
        let signers = (0..<count).map { keys[$0 % keys.count] }
        #expect(try library.sign(messages, with: signers) == zip(messages, signers).map { try $1.sign($0) })
        #expect(!library.isRetired)
    }

    @Test("gives every lane its own verdict", arguments: BatchLibrary.all, 1...20)
    func verifying(library: BatchLibrary, count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        var lanes = RandomLanes(keys: try TestKeys.ofManyKinds(), using: &generator)
        let items = try (0..<count).map { _ in try lanes.next() }
        let verdicts = library.verify(items)
        for (item, verdict) in zip(items, verdicts) {
            #expect(verdict == item.key.isValid(item.signature, for: item.message), "\(item.kind)")
            #expect(verdict == item.isValid, "\(item.kind)")
            #expect(try verdict == item.isValidAccordingToOpenSSL(), "\(item.kind)")
        }
        #expect(!library.isRetired)
    }

    @Test("says of keys of any size what OpenSSL says", arguments: [2056, 3000, 4096])
    func sizes(bits: Int) throws {
        var generator = SeededGenerator(seed: UInt64(bits))
        var lanes = RandomLanes(keys: [try SigningKey.generate(bits: bits)], using: &generator)
        for _ in 0..<60 {
            let item = try lanes.next()
            let verdict = item.key.isValid(item.signature, for: item.message)
            #expect(verdict == item.isValid, "\(item.kind)")
            #expect(try verdict == item.isValidAccordingToOpenSSL(), "\(item.kind)")
        }
    }

    @Test("refuses a signature that is n larger", arguments: BatchLibrary.all)
    func unreduced(library: BatchLibrary) throws {
        let key = try TestKeys.second().handle
        let item = try #require(try BatchLane.unreduced(key, from: [1, 2, 3]))
        #expect(library.verify([BatchLane](repeating: item, count: 8)) == [Bool](repeating: false, count: 8))
    }

    @Test("leaves keys of other sizes and exponents to OpenSSL")
    func otherKeys() throws {
        let library = try BatchLibrary.software()
        let lanes = [BatchLane](
            repeating: try BatchLane(key: SigningKey.generate(bits: 3072).handle, message: [7]), count: 8)
        let before = software_public_operations()
        #expect(library.verify(lanes).allSatisfy { $0 })
        #expect(software_public_operations() == before)
    }

    @Test("leaves too few messages to OpenSSL", arguments: [(3, 0), (4, 1), (8, 1), (11, 1), (12, 2), (16, 2)])
    func fewMessages(count: Int, operations: UInt32) throws {
        let library = try BatchLibrary.software()
        let before = software_private_operations()
        _ = try library.sign(
            [[UInt8]](repeating: [1], count: count),
            with: [RSAKeyHandle](repeating: TestKeys.first().handle, count: count))
        #expect(software_private_operations() - before == operations)
    }

    @Test(
        "gives out no signature of a library that goes wrong, and does not use it again",
        arguments: [FAULT_IN_PRIME, FAULT_SAID_PRIVATE, FAULT_SAID_PUBLIC, FAULT_EMPTY_RESULTS])
    func faultySigning(fault: software_fault) throws {
        let library = try BatchLibrary.software()
        let key = try TestKeys.first().handle
        let messages = (0..<16).map { [UInt8($0)] }
        let expected = try messages.map { try key.sign($0) }
        software_multi_buffer_break(fault)
        defer { software_multi_buffer_break(FAULT_NONE) }
        #expect(try library.sign(messages, with: messages.map { _ in key }) == expected)
        #expect(library.isRetired)
        let before = software_private_operations()
        #expect(try library.sign(messages, with: messages.map { _ in key }) == expected)
        #expect(software_private_operations() == before)
    }

    @Test("verifies with OpenSSL what a library says it cannot")
    func faultyVerifying() throws {
        let library = try BatchLibrary.software()
        let good = try BatchLane(key: TestKeys.first().handle, message: [1, 2, 3])
        var bad = good
        bad.message = [1, 2]
        software_multi_buffer_break(FAULT_SAID_PUBLIC)
        defer { software_multi_buffer_break(FAULT_NONE) }
        #expect(library.verify([good, bad, good]) == [true, false, true])
        #expect(library.isRetired)
    }

    @Test("makes no signature if one key has no private half", arguments: BatchLibrary.all)
    func publicKey(library: BatchLibrary) throws {
        let key = try TestKeys.first()
        let keys = [key.handle, key.handle, key.handle, key.verificationKey.handle, key.handle]
        #expect(throws: KeyError.self) { try library.sign(keys.map { _ in [1] }, with: keys) }
    }

    @Test(
        "does not take up a library that fails its self-test",
        arguments: [
            (FAULT_IN_PRIME, "does not sign"), (FAULT_SAID_PRIVATE, "does not sign"),
            (FAULT_SAID_PUBLIC, "does not sign"), (FAULT_EMPTY_RESULTS, "does not sign"),
            (FAULT_NO_METHOD, "2048 bits"), (FAULT_NO_BUFFER_SIZE, "size"),
        ])
    func selfTest(fault: software_fault, reason: String) {
        software_multi_buffer_break(fault)
        defer { software_multi_buffer_break(FAULT_NONE) }
        let error = #expect(throws: KeyError.self) { try BatchLibrary.software() }
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test("works on many threads with one key")
    func threads() async throws {
        let key = try SigningKey(importing: TestKeys.second().pem().reveal())
        let library = BatchLibrary.all[BatchLibrary.all.count - 1]
        let messages = (0..<8).map { [UInt8($0)] }
        let expected = try messages.map { try key.handle.sign($0) }
        let results = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 {
                group.addTask { try library.sign(messages, with: messages.map { _ in key.handle }) == expected }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results == [Bool](repeating: true, count: 16))
    }
}
