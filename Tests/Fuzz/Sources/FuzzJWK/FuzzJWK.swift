internal import Properties
internal import StreamSigning

/// JWK, JWKS, and the JSON of the API's answers.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJWK(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    withFuzzedInput(start, count) { input in
        if let key = try? SigningKey(importing: input) {
            KeyProperties.check(key)
            checkAnswer(key)
        }
        let key = try? VerificationKey(importing: input)
        if let key {
            KeyProperties.check(key)
        }
        guard let set = try? KeySet(importing: input) else {
            require(key == nil, "what is one key is a set of one")
            return
        }
        check(set)
        if let key {
            require(set.keys.count == 1 && set[key.id] == key, "a set of one holds the key")
        }
    }
}

/// The API's answer, made of a key and read again, is that key; under a name that is given, it has that name.
private func checkAnswer(_ key: SigningKey) {
    requireSuccess("an answer of the API is read as it was written") {
        let result = try key.streamJSON(created: FixedKey.now).reveal()
        require(SecondOpinion.memberNames(of: result) == ["created", "id", "jwk", "pem"], "an answer has its members")
        let whole = "{\"result\":\(result),\"success\":true,\"errors\":[],\"messages\":[]}"
        try require(SigningKey(importing: whole) == key, "an answer holds the key")
        let renamed = try SigningKey(importing: whole, id: FixedKey.signing.id)
        require(renamed.id == FixedKey.signing.id && !renamed.hasDerivedID, "a key takes the name that it is given")
    }
}

/// Whatever set was read is written so that it reads as the same set.
private func check(_ set: KeySet) {
    let text = requireSuccess("a set is written") { try set.jwks() }
    require(SecondOpinion.memberNames(of: text) == ["keys"], "a JWKS has its member")
    let again = requireSuccess("a written set is read") { try KeySet(importing: text) }
    require(again.keys.count == set.keys.count && again.ignored.isEmpty, "a set is read with all of its keys")
    for key in set.keys {
        require(again[key.id] == key, "a set keeps its keys")
    }
    require(requireSuccess("a set is written twice") { try again.jwks() } == text, "a set is written in one way")
    requireSuccess("a set is united with itself") {
        try require(set.union(again).keys.count == set.keys.count, "a set with itself is itself")
    }
}
