internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import StreamSigning
import StreamSigningClient
import StreamSigningGate
import StreamSigningHTTP
import StreamSigningKeyRing
import StreamSigningStore
internal import StreamSigningThreads
internal import Synchronization

/// The feed of other nodes as what a gate follows that must not reach the store.
///
/// It asks one node for as long as that answers, and then the next one of the list.
final class FeedKeySource: KeySource {
    let addresses: [FeedAddress]
    let credential: FeedCredential
    /// One for each address: some may be behind a proxy, and others not.
    let clients: [HTTPClient]
    let turn = Atomic<Int>(0)
    /// How long a node holds an answer back while nothing changes: as long as a follower may go without confirmation.
    private let wait: Duration

    init(
        _ addresses: [FeedAddress], credential: FeedCredential,
        through connections: OutboundConnections = OutboundConnections(), wait: Duration = .milliseconds(400)
    ) throws(ServiceFailure) {
        precondition(!addresses.isEmpty)
        self.addresses = addresses
        self.credential = credential
        self.wait = wait
        var configurations: [HTTPClient.Configuration] = []
        for address in addresses {
            do throws(ClientError) {
                // Less than half of the shortest staleness that a gate runs with: a node that is silent leaves time for the next.
                configurations.append(
                    try connections.clientConfiguration(for: address.url, connectTimeout: .milliseconds(500)))
            } catch {
                throw ServiceFailure(address.url, error.reason)
            }
        }
        // Not the gate's event loops: what viewers ask of those must not delay the keys.
        clients = configurations.map {
            HTTPClient(eventLoopGroupProvider: .shared(NodeThread.following.group), configuration: $0)
        }
    }

    deinit {
        for client in clients { client.shutdown { _ in } }
    }

    /// All changes there ever were, a page at a time.
    func snapshot() async throws(StoreError) -> Observed<KeySnapshot> {
        var history = KeyHistory()
        while true {
            let page = try await page(after: history.number, wait: .zero)
            try history.apply(page.value.changes)
            guard page.value.changes.count < FeedPage.limit else { continue }
            try history.requireComplete()
            return Observed(value: history.snapshot(), instant: page.instant)
        }
    }

    func changes(after number: ChangeNumber, limit: Int) async throws(StoreError) -> Observed<[StoreChange]> {
        let page = try await page(after: number, wait: wait)
        return Observed(value: page.value.changes, instant: page.instant)
    }

    /// Always again: the answer itself is what is waited for. Between failures there is a pause.
    func signals(every interval: Duration) -> AsyncStream<Void> {
        NodeThread.following.clock(every: min(interval, .milliseconds(100)))
    }

    /// A feed does not keep account of those who read it.
    func confirm(_ number: ChangeNumber) async throws(StoreError) {}

    /// To the node that is followed, which writes it into the store.
    func report(_ uses: [KeyID: KeyUse]) async throws(StoreError) {
        let index = turn.load(ordering: .relaxed) % addresses.count
        let address = addresses[index]
        do {
            for report in KeyUseReport.all(of: uses) { try await tell(address, by: clients[index], report) }
        } catch {
            if let error = error as? StoreError { throw error }
            throw StoreError(.unavailable, "\(address.url): \(error)")
        }
    }

    func retire() async {}

    private func tell(_ address: FeedAddress, by client: HTTPClient, _ report: KeyUseReport) async throws {
        var request = HTTPClientRequest(url: "\(address.url)/client/v4/feed/uses")
        request.method = .POST
        request.headers.add(name: "authorization", value: credential.header)
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(report.text)
        let response = try await client.execute(request, timeout: .seconds(2))
        // It is not of interest, but the connection is free again when it has been read.
        _ = try await response.body.collect(upTo: 1 << 16)
        guard response.status == .ok else {
            throw StoreError(.unavailable, "\(address.url): to the use of keys it answers \(response.status.code)")
        }
    }

    private func page(after number: ChangeNumber, wait: Duration) async throws(StoreError) -> Observed<FeedPage> {
        let turn = turn.load(ordering: .relaxed)
        let index = turn % addresses.count
        do {
            return try await ask(addresses[index], by: clients[index], after: number, wait: wait)
        } catch {
            self.turn.store(turn + 1, ordering: .relaxed)
            if let error = error as? StoreError { throw error }
            throw StoreError(.unavailable, "\(addresses[index].url): \(error)")
        }
    }

    private func ask(
        _ address: FeedAddress, by client: HTTPClient, after number: ChangeNumber, wait: Duration
    ) async throws -> Observed<FeedPage> {
        let seconds = Double(wait.inMilliseconds) / 1_000
        var request = HTTPClientRequest(
            url: "\(address.url)/client/v4/feed?after=\(number.rawValue)&wait=\(seconds)")
        request.headers.add(name: "authorization", value: credential.header)
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "if-none-match", value: FeedPage.tag(number))
        let asked = ContinuousClock.now
        let response = try await client.execute(request, timeout: .seconds(2))
        // A page of nothing but compactions, of 512 keys each, has 6 MiB.
        let body = try await response.body.collect(upTo: 16 << 20)
        // The question is well-formed: what is wrong with it is its number.
        guard response.status != .badRequest else { throw StoreError.lostChanges }
        let page: FeedPage
        switch response.status {
        case .ok: page = try body.withUnsafeReadableBytes { bytes in try FeedPage(reading: bytes) }
        case .notModified: page = try FeedPage(unchangedSince: number, response.headers)
        default: throw StoreError(.unavailable, "\(address.url): the feed answers \(response.status.code)")
        }
        // The age is that of an answer which left the node after the question had left this one.
        return Observed(value: page, instant: asked - page.age)
    }
}

extension FeedPage {
    /// What an answer without news says.
    fileprivate init(unchangedSince number: ChangeNumber, _ head: HTTPHeaders) throws(StoreError) {
        guard let age = head.first(name: "\(FeedPage.ageField)").flatMap({ Int($0) }),
            (0...86_400_000).contains(age)
        else { throw StoreError(.corrupt, "the feed's answer does not say how old it is") }
        self.init(number: number, age: .milliseconds(age), changes: [])
    }
}
