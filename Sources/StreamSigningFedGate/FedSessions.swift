internal import NIOCore
internal import StreamSigning
import StreamSigningGate
import StreamSigningKeyRing
import StreamSigningStore
import StreamSigningWire
internal import Synchronization

/// Has the nodes that feed a gate begin its sessions, because it holds no private key.
struct FedSessions: SessionMaker {
    let feed: FeedKeySource
    let ring: KeyRing

    /// How long the gate waits to hear of the key that signed a session: an account's own key is made for its first one.
    private static let patience: Duration = .seconds(2)

    func begin(with text: String) async throws -> PlaybackToken {
        let token = try await ask(Array(SessionRequest(token: PlaybackToken(rawValue: text)).text.utf8))
        let name = try UnverifiedToken(readingWithoutVerification: token.rawValue).unverifiedKeyID
        guard let id = name.flatMap({ try? KeyID($0) }) else {
            throw StoreError(.corrupt, "the session's token names no key")
        }
        await ring.bell.wait(atMost: Self.patience) { [ring] in ring[id] != nil }
        guard ring[id] != nil else {
            throw StoreError(.unavailable, "the key \(id), which signed a session, is not known here yet")
        }
        return token
    }

    /// Asks the node that is followed, and the others if that cannot make a session.
    private func ask(_ body: [UInt8]) async throws -> PlaybackToken {
        var failure: any Error = StoreError(.unavailable, "no node feeds this gate")
        for node in feed.nodesInTurn {
            do {
                return try await ask(node, body)
            } catch {
                failure = error
            }
        }
        throw failure
    }

    private func ask(_ node: FeedNode, _ body: [UInt8]) async throws -> PlaybackToken {
        let bytes = try await node.post(body, to: "/sessions")
        let answer = try bytes.withUnsafeReadableBytes { bytes in
            try Envelope.read(bytes) { result throws(WireProblem) in try TokenResult(reading: result) }
        }
        // It goes into a field of an answer.
        guard case .result(let result) = answer,
            result.token.rawValue.utf8.allSatisfy({ $0.isASCIIIdentifier || $0 == UInt8(ascii: ".") })
        else { throw StoreError(.corrupt, "\(node.address.url): the session's token is not one") }
        return result.token
    }
}
