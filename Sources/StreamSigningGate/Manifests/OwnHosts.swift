import StreamSigning

/// Which hosts in the URLs of a manifest are this gate.
///
/// A viewer chooses what `Host` says, and may lie. So it never names a host that the manifest does not: it chooses among those of
/// the manifest's own URLs, and changes that viewer's answer alone.
struct OwnHosts {
    /// How many hosts a manifest may have that can turn out to be this gate.
    static let limit = 4

    enum Standing: Equatable {
        case own
        /// It is, if a request names it in `Host`.
        case perhaps(String)
        case foreign
    }

    private let own: Set<String>
    private let takesOthers: Bool
    /// Those that are this gate if a request names them.
    private(set) var others: [String] = []

    /// - Parameters:
    ///   - own: as ``host(of:)`` writes them.
    ///   - takesOthers: whether requests may name others.
    init(_ own: some Sequence<String>, takesOthers: Bool) {
        self.own = Set(own)
        self.takesOthers = takesOthers
    }

    /// Host and port as browsers write them into `Host`: without a port that is the scheme's own.
    static func host(of origin: WebOrigin) -> String {
        origin.description.split(separator: "/").last.map(String.init) ?? ""
    }

    func standing(of host: String) -> Standing {
        if own.contains(host) { return .own }
        let isKnown = others.contains(host)
        return takesOthers && (isKnown || others.count < Self.limit) ? .perhaps(host) : .foreign
    }

    /// A URL with such a host leads to the video.
    mutating func note(_ host: String) {
        if !others.contains(host) { others.append(host) }
    }
}
