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
    /// Why keys of an imported JWKS were ignored, as RFC 7517 5 asks: they are for other algorithms and uses.
    public private(set) var ignored: [KeyError] = []

    private let byID: [KeyID: VerificationKey]

    /// - Throws: ``KeyError`` with code `ambiguous` if two different keys have one id.
    public init(_ keys: some Sequence<VerificationKey>, revoked: Set<KeyID> = []) throws(KeyError) {
        var byID: [KeyID: VerificationKey] = [:]
        for key in keys {
            if let earlier = byID.updateValue(key, forKey: key.id), !earlier.isSameKey(as: key) {
                throw KeyError(.ambiguous, "two different keys have the id \(key.id.rawValue.excerpt())")
            }
        }
        self.byID = byID
        self.revoked = revoked
    }

    /// Reads a JWKS, or a single key in any form that ``VerificationKey`` reads.
    /// - Parameters:
    ///   - text: at most 4 MiB.
    ///   - id: the name of a key that carries none.
    ///   - limits: what each key may be, and how many private ones there may be: only their public halves are kept, but each
    ///     is checked as a whole. A key beyond the limits is ignored like one for another algorithm.
    public init(
        importing text: some Collection<UInt8>, defaultID id: KeyID? = nil, limits: KeyLimits = KeyLimits()
    ) throws(KeyError) {
        let material = try KeyMaterial(text, limits, wantsOne: false)
        guard material.isSet ? !material.keys.isEmpty || material.ignored.isEmpty : true else {
            throw material.ignored[0]
        }
        var keys: [VerificationKey] = []
        for key in material.keys {
            keys.append(try VerificationKey(key, id: key.id ?? id))
        }
        try self.init(keys)
        ignored = material.ignored
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
                        try JSONWebKey.writePublic(key.handle, id: key.id, into: &list)
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
