package import StreamSigning

/// Signs the tokens of sessions for a gate, which itself holds no private key: the node of the same process, or one that feeds the
/// gate.
package protocol SessionMaker: Sendable {
    /// The token of a session that begins with another token.
    /// - Parameter text: a token that the gate has let in.
    /// - Throws: ``Denial`` if that token is refused after all; any other error if no session can be made at the moment.
    func begin(with text: String) async throws -> PlaybackToken
}
