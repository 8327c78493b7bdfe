import StreamSigning
import StreamSigningStore
import Testing

@Suite("The state of a key")
struct KeyStateTests {
    private let now: NumericDate = 1_760_000_000

    private func updated(
        _ state: KeyState, name: String?? = nil, isEnabled: Bool? = nil, expires: NumericDate?? = nil,
        after time: Duration = .zero
    ) throws -> KeyState {
        let now = now + time
        return try state.updated(by: KeyUpdate(name: name, isEnabled: isEnabled, expires: expires, at: now), at: now)
    }

    @Test("lets tokens in from the beginning, and until it expires")
    func usable() throws {
        #expect(KeyState().isUsable(at: now))
        #expect(!KeyState(isEnabled: false).isUsable(at: now))
        let state = KeyState(expires: now)
        #expect(state.isUsable(at: now - .nanoseconds(1)))
        #expect(!state.isUsable(at: now))
    }

    @Test("changes what is given, and nothing else")
    func partial() throws {
        let state = KeyState(name: "studio", expires: now + .seconds(60))
        #expect(try updated(state, name: "stage") == KeyState(name: "stage", expires: state.expires))
        #expect(try updated(state, name: .some(nil)) == KeyState(expires: state.expires))
        #expect(try updated(state, name: "") == KeyState(expires: state.expires))
        #expect(
            try updated(state, isEnabled: false)
                == KeyState(name: "studio", isEnabled: false, expires: state.expires))
        #expect(try updated(state, expires: .some(nil)) == KeyState(name: "studio"))
    }

    @Test("is disabled by its expiry, and enabled only with a new one")
    func expired() throws {
        let state = KeyState(expires: now)
        #expect(throws: InvalidKeyUpdate.self) { try updated(state, isEnabled: true) }
        #expect(try updated(state, name: "old") == KeyState(name: "old", isEnabled: false, expires: now))
        let later = now + .seconds(60)
        #expect(
            try updated(state, expires: later) == KeyState(isEnabled: false, expires: later),
            "a new expiry alone lets nobody in")
        #expect(try updated(state, isEnabled: true, expires: later) == KeyState(expires: later))
        #expect(try updated(state, isEnabled: true, expires: .some(nil)) == KeyState())
    }

    @Test(
        "takes no name, no time and no request that cannot be meant",
        arguments: [
            (String(repeating: "ü", count: 51), nil, "/name"), ("a\nb", nil, "/name"), ("\u{85}", nil, "/name"),
            (nil, 1_760_000_000, "/expires"), (nil, 0, "/expires"), (nil, nil, ""),
        ] as [(String?, Int64?, String)])
    func refusals(name: String?, expires: Int64?, pointer: String) throws {
        let error = #expect(throws: InvalidKeyUpdate.self) {
            try KeyUpdate(
                name: name.map { .some($0) }, expires: expires.map { .some(NumericDate(secondsSince1970: $0)) },
                at: now)
        }
        #expect(error?.pointer == pointer)
    }

    @Test("takes a name of 100 bytes")
    func longestName() throws {
        let name = String(repeating: "ü", count: 50)
        #expect(try updated(KeyState(), name: name).name == name)
    }
}
