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
    private let nodes: [FeedNode]
    private let turn = Atomic<Int>(0)
    /// How long a node holds an answer back while nothing changes: as long as a follower may go without confirmation.
    private let wait: Duration

    init(
        _ addresses: [FeedAddress], credential: FeedCredential,
        through connections: OutboundConnections = OutboundConnections(), wait: Duration = .milliseconds(400)
    ) throws(ServiceFailure) {
        precondition(!addresses.isEmpty)
        self.wait = wait
        var nodes: [FeedNode] = []
        for address in addresses {
            nodes.append(try FeedNode(address, credential: credential, through: connections))
        }
        self.nodes = nodes
    }

    deinit {
        for node in nodes { node.close() }
    }

    /// All nodes, the one that is followed first.
    var nodesInTurn: [FeedNode] {
        let first = turn.load(ordering: .relaxed) % nodes.count
        return Array(nodes[first...] + nodes[..<first])
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
        let node = nodesInTurn[0]
        for report in KeyUseReport.all(of: uses) { _ = try await node.post(report.text, to: "/uses") }
    }

    func retire() async {}

    private func page(after number: ChangeNumber, wait: Duration) async throws(StoreError) -> Observed<FeedPage> {
        let turn = turn.load(ordering: .relaxed)
        do throws(StoreError) {
            return try await ask(nodes[turn % nodes.count], after: number, wait: wait)
        } catch {
            self.turn.store(turn + 1, ordering: .relaxed)
            throw error
        }
    }

    private func ask(
        _ node: FeedNode, after number: ChangeNumber, wait: Duration
    ) async throws(StoreError) -> Observed<FeedPage> {
        let seconds = Double(wait.inMilliseconds) / 1_000
        let asked = ContinuousClock.now
        // A page of nothing but compactions, of 512 keys each, has 6 MiB.
        let answer = try await node.get(
            "?after=\(number.rawValue)&wait=\(seconds)", [("if-none-match", FeedPage.tag(number))], limit: 16 << 20)
        // The question is well-formed: what is wrong with it is its number.
        guard answer.status != .badRequest else { throw StoreError.lostChanges }
        let page: FeedPage
        switch answer.status {
        case .ok:
            page = try answer.body.withUnsafeReadableBytes { bytes in
                Result { () throws(StoreError) in try FeedPage(reading: bytes) }
            }.get()
        case .notModified: page = try FeedPage(unchangedSince: number, answer.headers)
        default: throw StoreError(.unavailable, "\(node.address.url): the feed answers \(answer.status.code)")
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
