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
            figures: ["gate.cached.ratio_to_haproxy"],
            text: "the gate remembers the token that it has verified; HAProxy verifies it for each request"),
        Note(
            figures: ["service.lookup."],
            text: "the service finds the key and answers 400 to the private half sent with it: nothing is signed"),
    ]

    func isAbout(_ figure: Figure) -> Bool {
        figures.contains { figure.name.hasPrefix($0) }
    }
}
