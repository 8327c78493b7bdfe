internal import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let sealedKeys: [Case] = [
        Case("a service key follows the newest one of its account, and no other") { subject in
            let store = try await subject.open()
            try await store.name("m1")
            let first = try Sample.serviceKey(under: "m1")
            try await store.add(first)
            try require(try await store.sealedHalf(of: first) == first.sealed, "its sealed half comes back")
            try require(try await store.ids() == [first.key.id], "it is listed like any other")
            let second = try Sample.serviceKey(at: Sample.time + .seconds(60), under: "m1", after: first.key.id)
            for (predecessor, reason) in [(nil, "a first one"), (second.key.id, "one after a key that is not there")] {
                let late = try Sample.serviceKey(under: "m1", after: predecessor)
                try await require(.keyExists, reason) { () throws(StoreError) in try await store.add(late) }
            }
            try await store.add(second)
            let third = try Sample.serviceKey(under: "m1", after: first.key.id)
            try await require(.keyExists, "another one after the first") { () throws(StoreError) in
                try await store.add(third)
            }
            try require(try await store.sealedHalf(of: first) == first.sealed, "the first is still there")
            try require(try await store.sealedHalf(of: second) == second.sealed, "beside the second")
            let both = [first, second].map { ServiceKey(account: $0.account, id: $0.key.id, created: $0.created) }
            try require(try await store.serviceKeys(of: first.account) == both, "in their order")
            try require(try await store.serviceKeys(of: Sample.account("b")).isEmpty, "another account has none")
            try require(try await store.serviceKeys(createdBy: Sample.time) == both, "all of who has an old one")
            let before = Sample.time - .seconds(1)
            try require(try await store.serviceKeys(createdBy: before).isEmpty, "nobody has an older one")
            try await store.delete(second.key.id)
            try require(try await store.serviceKeys(of: first.account) == [both[0]], "a deleted one is not among them")
            try await store.add(third)
            try await store.archive().check()
        },
        Case("the service's own keys are marked as such wherever nodes read them, and no others") { subject in
            let store = try await subject.open()
            try await store.name("m1")
            let own = try Sample.serviceKey(under: "m1")
            try await store.add(own)
            try await store.add(try Sample.key(Sample.publicKey().signingSessions(), origin: .imported))
            let marked = { (snapshot: KeySnapshot) in snapshot.keys.map(\.key).filter(\.signsSessions).map(\.id) }
            let listed = try await store.verificationKeys(of: own.account)
            try require(listed.filter(\.signsSessions).map(\.id) == [own.key.id], "in a list")
            let one = try await store.verificationKey(own.key.id, of: own.account)
            try require(one?.signsSessions == true, "alone")
            let details = try await store.details(in: own.account)
            try require(details.filter(\.isServiceKey).map(\.id) == [own.key.id], "to those who list keys")
            let shown = try await store.details(of: own.key.id, in: own.account)
            try require(shown?.isServiceKey == true, "and to those who ask for one")
            let (changed, _) = try await store.update(
                own.key.id, of: own.account, by: try KeyUpdate(name: "own", at: Sample.time), at: Sample.time,
                audit: Sample.event(.keyChanged))
            try require(changed.isServiceKey, "whatever is changed of it")
            try require(marked(try await store.snapshot()) == [own.key.id], "in a snapshot")
            var history = KeyHistory()
            try history.apply(try await store.allChanges())
            try require(marked(history.snapshot()) == [own.key.id], "in the changes")
            let copy = MemoryKeyStore()
            try await copy.restore(try await store.archive()) { _, _ in }
            try require(marked(try await copy.snapshot()) == [own.key.id], "in an archive")
        },
        Case("deleting a service key erases its private half") { subject in
            let store = try await subject.open()
            try await store.name("m1")
            let first = try Sample.serviceKey(under: "m1")
            try await store.add(first)
            try await store.delete(first.key.id)
            try require(try await store.sealedHalf(of: first) == nil, "it has none")
            try require(try await store.serviceKeys(of: first.account).isEmpty, "the account has no service key")
            try require(try await store.sealedKeys().isEmpty, "nor has anybody")
            try await store.add(try Sample.serviceKey(under: "m1"))
        },
        Case("a half sealed under another master key is refused") { subject in
            let store = try await subject.open()
            try require(try await store.masterKeyID() == nil, "an empty store is under none")
            let key = try Sample.serviceKey(under: "m1")
            try await require(.masterKeyChanged, "before there is a master key") { () throws(StoreError) in
                try await store.add(key)
            }
            try await store.name("m2")
            try require(try await store.masterKeyID() == "m2", "the name comes back")
            try await require(.masterKeyChanged, "under another one") { () throws(StoreError) in
                try await store.add(key)
            }
            try require(try await store.ids().isEmpty, "the refused key is not there")
        },
        Case("sealed halves are replaced all or none") { subject in
            let store = try await subject.open()
            try await store.name("m1")
            let keys = try ["a", "b", "c"].map { try Sample.serviceKey(of: Sample.account($0), under: "m1") }
            for key in keys { try await store.add(key) }
            let before = try await store.sealedKeys()
            try require(before == keys.compactMap(\.sealed), "all halves are read")
            let after = try before.map {
                SealedKey(account: $0.account, id: $0.id, masterKeyID: "m2", box: try RandomBytes.make(count: 48))
            }
            let refused: [(String, [SealedKey], String?, String)] = [
                ("one is missing", Array(after.dropLast()), "m1", "m2"),
                ("the store is not under the old key", after, "m0", "m2"),
                ("the store is under a key", after, nil, "m2"), ("one is under another key", before, "m1", "m2"),
            ]
            for (reason, halves, old, new) in refused {
                try await require(.masterKeyChanged, reason) { () throws(StoreError) in
                    try await store.replace(halves, from: old, to: new, audit: Sample.event(.masterKeyRotated))
                }
                try require(try await store.sealedKeys() == before, "\(reason): nothing has changed")
                try require(try await store.masterKeyID() == "m1", "\(reason): nor the name")
            }
            try await store.delete(keys[2].key.id, of: keys[2].account)
            try await store.replace(after, from: "m1", to: "m2", audit: Sample.event(.masterKeyRotated))
            try require(try await store.sealedKeys() == Array(after.dropLast()), "all that are left are replaced")
            try require(try await store.masterKeyID() == "m2", "with the name")
        },
    ]

    static let credentials: [Case] = [
        Case("credentials are listed until they are revoked") { subject in
            let (here, there) = (try await subject.open(), try await subject.open())
            let credentials = [
                try Sample.credential(), try Sample.credential(role: .read),
                try Sample.credential(Sample.account("b")),
            ]
            for credential in credentials {
                try await here.insert(credential, audit: Sample.event(.credentialCreated))
            }
            try require(try await there.credentials() == credentials, "all of them, in the order they were added")
            try await there.revoke(credentials[0].id, at: Sample.time, audit: Sample.event(.credentialRevoked))
            try require(try await here.credentials() == Array(credentials.dropFirst()), "the revoked one is gone")
            for id in [credentials[0].id, CredentialID(rawValue: "unknown")] {
                try await require(.notFound, "none to revoke") { () throws(StoreError) in
                    try await here.revoke(id, at: Sample.time, audit: Sample.event(.credentialRevoked))
                }
            }
        },
        Case("a credential's id and secret are used once") { subject in
            let store = try await subject.open()
            let first = try Sample.credential()
            try await store.insert(first, audit: Sample.event(.credentialCreated))
            try await store.revoke(first.id, at: Sample.time, audit: Sample.event(.credentialRevoked))
            let other = try Sample.credential()
            for (id, hash) in [(first.id, other.hash), (other.id, first.hash)] {
                let again = StoredCredential(
                    id: id, account: other.account, role: .write, hash: hash, created: Sample.time)
                try await require(.keyExists, "again") { () throws(StoreError) in
                    try await store.insert(again, audit: Sample.event(.credentialCreated))
                }
            }
            try require(try await store.credentials().isEmpty, "none came of it")
        },
        Case("the revision differs after every change of a credential, and only then") { subject in
            let (here, there) = (try await subject.open(), try await subject.open())
            var seen: Set = [try await here.credentialRevision()]
            try require(seen == [0], "0 before the first")
            let credential = try Sample.credential()
            try await there.insert(credential, audit: Sample.event(.credentialCreated))
            seen.insert(try await here.credentialRevision())
            try await there.add(try Sample.key())
            try await there.append(Sample.event())
            seen.insert(try await here.credentialRevision())
            try require(seen.count == 2, "a new one after the insertion, and none after other changes")
            try await there.revoke(credential.id, at: Sample.time, audit: Sample.event(.credentialRevoked))
            try require(seen.insert(try await here.credentialRevision()).inserted, "a new one after the revocation")
        },
    ]
}

extension KeyStore {
    func name(_ masterKeyID: String) async throws(StoreError) {
        try await replace([], from: nil, to: masterKeyID, audit: Sample.event(.masterKeyCreated))
    }
}

extension KeyStore {
    fileprivate func sealedHalf(of key: StoredKey) async throws(StoreError) -> SealedKey? {
        try await sealedKey(key.key.id, of: key.account)
    }
}
