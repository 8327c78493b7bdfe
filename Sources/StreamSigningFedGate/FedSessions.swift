internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
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
        let token = try await ask(SessionRequest(token: PlaybackToken(rawValue: text)).text)
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
    private func ask(_ body: String) async throws -> PlaybackToken {
        let first = feed.turn.load(ordering: .relaxed)
        var failure: any Error = StoreError(.unavailable, "no node feeds this gate")
        for offset in feed.addresses.indices {
            let index = (first + offset) % feed.addresses.count
            do {
                return try await ask(feed.addresses[index], by: feed.clients[index], body)
            } catch {
                failure = error
            }
        }
        throw failure
    }

    private func ask(_ address: FeedAddress, by client: HTTPClient, _ body: String) async throws -> PlaybackToken {
        var request = HTTPClientRequest(url: "\(address.url)/client/v4/feed/sessions")
        request.method = .POST
        request.headers.add(name: "authorization", value: feed.credential.header)
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: body))
        let response = try await client.execute(request, timeout: .seconds(2))
        let bytes = try await response.body.collect(upTo: 1 << 16)
        guard response.status == .ok else {
            throw StoreError(
                .unavailable, "\(address.url): asked for a session, it answers \(response.status.code)")
        }
        let answer = try bytes.withUnsafeReadableBytes { bytes in
            try Envelope.read(bytes) { result throws(WireProblem) in try TokenResult(reading: result) }
        }
        // It goes into a field of an answer.
        guard case .result(let result) = answer,
            result.token.rawValue.utf8.allSatisfy({ $0.isASCIIIdentifier || $0 == UInt8(ascii: ".") })
        else { throw StoreError(.corrupt, "\(address.url): the session's token is not one") }
        return result.token
    }
}
