internal import StreamSigning

/// What a reader has to know about some of the figures, printed with them.
struct Note: Encodable, Sendable {
    /// How the names of these figures begin.
    let figures: [String]
    let text: String

    static let all = [
        Note(
            figures: ["service.", "nodes.writes."],
            text: "with --log-level warning; at info, the default, the API also writes an access log"),
        Note(
            figures: ["sign.batch.", "verify.batch.", "bulk.", "service.token.", "gate.cold."],
            text:
                "RSA operations at a time: \(MultiBufferRSA.status); where it is 1, the bounds are those of one by one"),
        Note(
            figures: ["sign.batch.ratio_to_oxyjwt", "verify.batch.ratio_to_oxyjwt"],
            text: "OxyJWT (Rust on AWS-LC) in its own loop in Python, with keys that are parsed once"),
        Note(
            figures: ["gate.cached.ratio_to_haproxy"],
            text: "the gate remembers the token that it has verified; HAProxy verifies it for each request"),
        Note(
            figures: ["gate.beside_floods.", "service.beside_floods."],
            text: "the flood is sets of keys without primes, such keys alone, keys in token requests, large tokens to "
                + "explain and bodies of many members, with eight credentials of one account"),
        Note(
            figures: ["service.jwks_herd.cpu_ms"],
            text: "less what the same answers cost when nothing has changed; the bound is 1.5 times one reader's"),
        Note(
            figures: ["service.lookup."],
            text: "the service finds the key and answers 400 to the private half sent with it: nothing is signed"),
    ]

    func isAbout(_ figure: Figure) -> Bool {
        figures.contains { figure.name.hasPrefix($0) }
    }
}
