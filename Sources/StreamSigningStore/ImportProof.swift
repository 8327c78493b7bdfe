/// Which imports must come with a proof that the sender has the private half. One that comes is checked in any case.
///
/// An import with the private half in it proves enough. What no proof prevents: registering a key of one's own under an id
/// that others use; an operator frees such an id (``KeyIDRegistry``).
public enum ImportProof: String, Sendable, CaseIterable {
    /// None.
    case off
    /// Those that name the key otherwise than by its own thumbprint.
    case named
    /// All that bring only the public half.
    case always
}
