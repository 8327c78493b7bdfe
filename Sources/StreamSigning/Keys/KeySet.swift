/// The keys a verifier trusts, by id: an immutable value, replaced as a whole when keys change.
///
/// ```swift
/// let keys = try KeySet([key.verificationKey], revoked: [KeyID("5213cfa121f70b8c1380686ffc371ba3")])
/// ```
public struct KeySet: Sendable {
    /// The trusted keys.
    public var keys: some Collection<VerificationKey> { byID.values }
    /// Ids whose tokens are refused as revoked rather than unknown.
    public let revoked: Set<KeyID>
    /// Which keys of an imported JWKS were passed over and why, as RFC 7517 5 asks: keys of other types and uses, damaged ones
    /// and small ones. Each reason begins with the key's place in the set and its id.
    public private(set) var ignored: [KeyError] = []

    private let byID: [KeyID: VerificationKey]

    /// - Throws: ``KeyError`` with code `ambiguous` if two different keys have one id.
    public init(_ keys: some Sequence<VerificationKey>, revoked: Set<KeyID> = []) throws(KeyError) {
        var byID: [KeyID: VerificationKey] = [:]
        for key in keys {
            guard let earlier = byID.updateValue(key, forKey: key.id) else { continue }
            guard earlier.isSameKey(as: key) else {
                throw KeyError(.ambiguous, "two different keys have the id \(key.id.rawValue.excerpt())")
            }
            if earlier.signsSessions { byID[key.id] = earlier }
        }
        self.byID = byID
        self.revoked = revoked
    }

    /// Reads a JWKS, or a single key in any form that ``VerificationKey`` reads.
    ///
    /// A key of a JWKS that cannot be used does not take down the others; ``ignored`` says which and why.
    /// - Parameters:
    ///   - text: at most 4 MiB.
    ///   - id: the name of a key that carries none.
    ///   - limits: what each key may be, and how many private ones there may be: only their public halves are kept, but each
    ///     is checked as a whole. A key beyond the limits is passed over like one for another algorithm.
    /// - Throws: ``KeyError``: `ambiguous` if two different keys have one id, and another code if there are keys and none of
    ///   them can be used.
    public init(
        importing text: some Collection<UInt8>, defaultID id: KeyID? = nil, limits: KeyLimits = KeyLimits()
    ) throws(KeyError) {
        let material = try KeyMaterial(text)
        try material.checkPrivateKeys(limits)
        var keys: [VerificationKey] = []
        var passedOver = material.passedOver
        for candidate in material.candidates {
            do throws(KeyError) {
                let key = try KeyMaterial.Key(candidate, limits)
                keys.append(try VerificationKey(key, id: key.id ?? id))
            } catch {
                guard let place = candidate.place, error.code != .unavailable else { throw error }
                passedOver.append(KeyMaterial.PassedOver(place: place, error: error))
            }
        }
        passedOver.sort { $0.place.number < $1.place.number }
        guard !keys.isEmpty || passedOver.isEmpty else { throw KeyMaterial.unusable(passedOver) }
        try self.init(keys)
        ignored = passedOver.map { $0.place.naming($0.error) }
    }

    /// As ``init(importing:defaultID:limits:)-(Collection<UInt8>,_,_)``, from text.
    public init(
        importing text: String, defaultID id: KeyID? = nil, limits: KeyLimits = KeyLimits()
    ) throws(KeyError) {
        try self.init(importing: Array(text.utf8), defaultID: id, limits: limits)
    }

    /// Both sets as one.
    /// - Throws: ``KeyError`` with code `ambiguous` if two different keys have one id.
    public func union(_ other: KeySet) throws(KeyError) -> KeySet {
        var union = try KeySet(Array(byID.values) + Array(other.byID.values), revoked: revoked.union(other.revoked))
        union.ignored = ignored + other.ignored
        return union
    }

    /// The key of that id, unless it is revoked.
    public subscript(id: KeyID) -> VerificationKey? {
        revoked.contains(id) ? nil : byID[id]
    }

    /// The public keys as a JWK Set (RFC 7517 5), ordered by id.
    public func jwks() throws(KeyError) -> String {
        var writer = JSONWriter()
        var failure: KeyError?
        writer.object {
            $0.name("keys")
            $0.array { list in
                for key in byID.values.sorted(by: { $0.id.rawValue < $1.id.rawValue }) where !revoked.contains(key.id) {
                    do throws(KeyError) {
                        try JSONWebKey.writePublic(key, into: &list)
                    } catch {
                        failure = error
                    }
                }
            }
        }
        if let failure { throw failure }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
