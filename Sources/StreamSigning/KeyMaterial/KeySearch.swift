/// Finds keys in the JSON that other services put around them: in any member, at any depth, that plainly holds one.
///
/// `{"data":{"id":…,"private_key":…}}`, `{"key":{"kty":…}}` and what `terraform output -json` writes are some of them.
struct KeySearch {
    private(set) var found: [KeyCandidate] = []
    /// Where the first of them is, or the damaged PEM, as a JSON Pointer (RFC 6901).
    private(set) var firstPointer: String?
    private(set) var passedOver: [KeyMaterial.PassedOver] = []
    /// Whether a JWKS is among them.
    private(set) var isSet = false
    /// A PEM among them that cannot be read: it may be the key that is meant.
    private(set) var damaged: KeyError?
    /// What else was found that is not a key, such as a certificate.
    private(set) var other: KeyError?

    /// In how many members a key is looked for: each costs a look at its neighbours for an id.
    static let mostMembers = 256

    /// Whether the search ended early.
    private(set) var hasMore = false
    private let layer: Int
    private var membersFound = 0
    /// The names of the members on the way to where the search is. They are joined only once: a long name with many
    /// members inside it would make that many long pointers.
    private var path: [String] = []

    /// - Parameter layer: in how many wrappings `object` is.
    init(_ object: JSONValue, layer: Int) {
        self.layer = layer
        visit(object, in: nil)
    }

    private var pointer: String {
        path.map { "/" + $0.jsonPointerToken }.joined()
    }

    /// - Parameter owner: the object of which `value` is a member; nil for an element of an array.
    private mutating func visit(_ value: JSONValue, in owner: JSONValue?) {
        guard !hasMore else { return }
        let inside = layer + 1
        switch value.kind {
        case .object where KeyMaterial.isRefusal(value): other = other ?? KeyMaterial.refusal
        case .object where !path.isEmpty && KeyMaterial.isKeyObject(value):
            take(owner, isPEM: false) { inner throws(KeyError) in try inner.readObject(value, layer: inside) }
        case .object:
            value.forEachMember { name, member in
                path.append(name.string ?? "")
                visit(member, in: value)
                path.removeLast()
            }
        case .array:
            for (index, element) in (value.elements ?? []).enumerated() {
                path.append(String(index))
                visit(element, in: nil)
                path.removeLast()
            }
        case .string:
            _ = value.withStringBytes { bytes in
                let text = UnsafeRawBufferPointer(bytes)
                guard KeyText.mayHoldKey(text) else { return }
                take(owner, isPEM: PEM.isPEM(text)) { inner throws(KeyError) in
                    try inner.read(text, layer: inside)
                }
            }
        default: break
        }
    }

    private mutating func take(
        _ owner: JSONValue?, isPEM: Bool, _ read: (inout KeyMaterial) throws(KeyError) -> Void
    ) {
        var inner = KeyMaterial()
        do throws(KeyError) {
            try read(&inner)
        } catch {
            if isPEM, error.code != .unsupported {
                damaged = damaged ?? error
                firstPointer = firstPointer ?? pointer
            } else {
                other = other ?? error
            }
            return
        }
        membersFound += 1
        hasMore = membersFound > Self.mostMembers
        isSet = isSet || inner.isSet
        passedOver += inner.passedOver
        let id = owner.flatMap(idBesideKey)
        for var key in inner.candidates {
            key.id = key.id ?? id
            found.append(key)
        }
        if !inner.candidates.isEmpty { firstPointer = firstPointer ?? pointer }
    }

    /// The id that the object around a key gives it. An `id` beside anything else than a key may be of something else, and an
    /// address names a place.
    private func idBesideKey(in owner: JSONValue) -> KeyID? {
        let name = path.last?.lowercased() ?? ""
        guard ["key", "pem", "jwk"].contains(where: { name.contains($0) }) else { return nil }
        let members: [StaticString] = ["kid", "key_id", "keyId", "private_key_id", "id"]
        let text = members.lazy.compactMap { owner[$0]?.string }.first
        return text.flatMap { $0.contains("://") ? nil : try? KeyID($0) }
    }
}
