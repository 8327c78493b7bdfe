/// Which names a video's folder has, of those that somebody has asked for.
struct VideoNames: Sendable {
    /// Each name costs a look at the disk, now and whenever somebody asks whether the answer still holds.
    static let limit = 256

    private(set) var known: [String: Bool] = [:]

    /// - Parameter look: asks the disk; nil to answer from memory only.
    mutating func contain(_ name: String, _ look: ((String) -> Bool)?) -> Bool {
        if let isThere = known[name] { return isThere }
        guard let look, known.count < Self.limit else { return false }
        let isThere = look(name)
        known[name] = isThere
        return isThere
    }

    /// Whether the disk still says the same.
    func hold(_ look: (String) -> Bool) -> Bool {
        known.allSatisfy { look($0.key) == $0.value }
    }
}
