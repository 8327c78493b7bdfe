/// The keys in a text that somebody brings: a file, standard input, a download, a member of a request.
///
/// All of them are read here, so a form that one place takes is taken everywhere. A key file is its owner's own text, unlike a
/// token: whatever can have one meaning is read, and what cannot is called by its name.
struct KeyMaterial {
    /// A key that can be used.
    struct Key {
        let handle: RSAKeyHandle
        /// The id that the material carries, if any.
        let id: KeyID?
        let signsSessions: Bool

        /// Checks the numbers.
        init(_ candidate: KeyCandidate, _ limits: KeyLimits) throws(KeyError) {
            handle = try candidate.makeHandle(limits)
            id = candidate.id
            signsSessions = candidate.signsSessions
        }
    }

    /// A key of a set that cannot be used (RFC 7517 5).
    struct PassedOver {
        let place: KeyPlace
        let error: KeyError
    }

    /// A JWKS of thousands of keys fits; anything larger is not a key file.
    static let maximumCount = 4 * 1024 * 1024
    /// How many wrappings may be one inside another: a quoted base64 of JSON whose member is the base64 of a PEM has four.
    private static let mostLayers = 8

    /// In the order of the text. If this is not a set, there is one.
    var candidates: [KeyCandidate] = []
    /// Keys of a set that are not keys, or not for this use.
    var passedOver: [PassedOver] = []
    /// Whether the text is a set of keys, which may well be empty.
    var isSet = false

    /// Reads nothing yet.
    init() {}

    /// - Throws: ``KeyError`` saying what the text is if there is no key in it.
    init(_ text: UnsafeRawBufferPointer) throws(KeyError) {
        guard text.count <= Self.maximumCount else {
            throw KeyError(.malformed, "the key file is larger than 4 MiB")
        }
        try read(text, layer: 0)
    }

    /// Removes one wrapping after another until there are keys.
    mutating func read(_ text: UnsafeRawBufferPointer, layer: Int) throws(KeyError) {
        guard layer < Self.mostLayers else {
            throw KeyError(.malformed, "the key is wrapped more than \(Self.mostLayers) times")
        }
        switch try KeyText(text) {
        case .wrapped(let inner):
            try inner.withUnsafeBytes { inner throws(KeyError) in try read(inner, layer: layer + 1) }
        case .json(let text):
            try readJSON(text, layer: layer)
        case .pem(let text):
            candidates.append(try PEM.key(in: text))
        case .der(let bytes):
            candidates.append(try DERForm.key(in: bytes))
        }
    }
}
