/// Finds keys in the JSON that other services put around them: in any member, at any depth, that plainly holds one.
///
/// `{"data":{"id":…,"private_key":…}}`, `{"key":{"kty":…}}` and what `terraform output -json` writes are some of them.
struct KeySearch {
    struct Found {
        var key: KeyCandidate
        /// Where it is, as a JSON Pointer (RFC 6901).
        let pointer: String
    }

    private(set) var found: [Found] = []
    private(set) var passedOver: [KeyMaterial.PassedOver] = []
    /// Whether a JWKS is among them.
    private(set) var isSet = false
    /// A PEM among them that cannot be read: it may be the key that is meant.
    private(set) var damaged: (error: KeyError, pointer: String)?
    /// What else was found that is not a key, such as a certificate.
    private(set) var other: KeyError?

    private let layer: Int

    /// - Parameter layer: in how many wrappings `object` is.
    init(_ object: JSONValue, layer: Int) {
        self.layer = layer
        visit(object, Place(pointer: "", name: "", owner: nil))
    }

    private struct Place {
        let pointer: String
        let name: String
        let owner: JSONValue?

        func member(_ name: String, of owner: JSONValue) -> Place {
            let escaped = name.replacing("~", with: "~0").replacing("/", with: "~1")
            return Place(pointer: "\(pointer)/\(escaped)", name: name, owner: owner)
        }

        /// The id that the object around a key gives it. An `id` beside anything else than a key may be of something else, and
        /// an address names a place.
        var id: KeyID? {
            let name = name.lowercased()
            guard let owner, ["key", "pem", "jwk"].contains(where: { name.contains($0) }) else { return nil }
            let members: [StaticString] = ["kid", "key_id", "keyId", "private_key_id", "id"]
            let text = members.lazy.compactMap { owner[$0]?.string }.first
            return text.flatMap { $0.contains("://") ? nil : try? KeyID($0) }
        }
    }

    private mutating func visit(_ value: JSONValue, _ place: Place) {
        let inside = layer + 1
        switch value.kind {
        case .object where !place.pointer.isEmpty && KeyMaterial.isKeyObject(value):
            take(place, isPEM: false) { inner throws(KeyError) in try inner.readObject(value, layer: inside) }
        case .object:
            value.forEachMember { name, member in
                visit(member, place.member(name.string ?? "", of: value))
            }
        case .array:
            for (index, element) in (value.elements ?? []).enumerated() {
                visit(element, Place(pointer: "\(place.pointer)/\(index)", name: place.name, owner: nil))
            }
        case .string:
            _ = value.withStringBytes { bytes in
                let text = UnsafeRawBufferPointer(bytes)
                guard KeyText.mayHoldKey(text) else { return }
                take(place, isPEM: PEM.isPEM(text)) { inner throws(KeyError) in
                    try inner.read(text, layer: inside)
                }
            }
        default: break
        }
    }

    private mutating func take(
        _ place: Place, isPEM: Bool, _ read: (inout KeyMaterial) throws(KeyError) -> Void
    ) {
        var inner = KeyMaterial()
        do throws(KeyError) {
            try read(&inner)
        } catch {
            if isPEM, error.code != .unsupported {
                damaged = damaged ?? (error, place.pointer)
            } else {
                other = other ?? error
            }
            return
        }
        isSet = isSet || inner.isSet
        passedOver += inner.passedOver
        for var key in inner.candidates {
            key.id = key.id ?? place.id
            found.append(Found(key: key, pointer: place.pointer))
        }
    }
}
