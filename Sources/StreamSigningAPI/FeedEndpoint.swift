import NIOHTTP1
import StreamSigning
import StreamSigningHTTP
import StreamSigningKeyRing
import StreamSigningOperations
import StreamSigningStore
import StreamSigningThreads
import StreamSigningWire

extension APIEndpoints {
    /// `GET /client/v4/feed?after=N&wait=SECONDS`: the changes after a number, as soon as there are any.
    ///
    /// Only what is new is read from the store: a hundred gates that wait cost it nothing. The entity tag is the number of
    /// the last change in the answer; with it in `If-None-Match`, an answer without news is a 304 with the age in its head.
    ///
    /// A gate that follows is answered at once. One that has far to go, as when it starts, waits in its credential's lane: many
    /// large pages must not come between a change and those who follow.
    func feed(_ call: APICall) async throws -> HTTPAnswer {
        let question = try FeedQuestion(call.query)
        let ring = keys.ring
        await ring.bell.wait(atMost: question.wait) { ring.number > question.after }
        let freshness = ring.freshness
        let asked = ContinuousClock.now
        guard !freshness.isStale(at: asked) else { throw APIError.staleFeed }
        // After the question of freshness, so that what is read is never older than the age says.
        let number = ring.number
        if number < question.after { try await requireKnown(question.after) }
        guard number.rawValue - question.after.rawValue > Self.shortPage, let credential = call.credential else {
            return try await page(question, upTo: number, freshness, call.head, from: followed)
        }
        do {
            return try await distantFeeds.run(credential, on: WorkThreads.publications) {
                try await page(question, upTo: number, freshness, call.head, from: keys.store)
            }
        } catch is FairQueue<CredentialID>.Refusal {
            throw ServiceError.overloaded
        }
    }

    /// The most changes by which a gate may be behind that follows.
    private static let shortPage = 64

    private func page(
        _ question: FeedQuestion, upTo number: ChangeNumber, _ freshness: KeyFreshness, _ head: HTTPRequestHead,
        from log: any ChangeLog
    ) async throws -> HTTPAnswer {
        let changes =
            number > question.after
            ? try await log.changes(after: question.after, limit: FeedPage.limit) : []
        // Rounded up, and with the time that reading took: the age must not be less than it is when the answer leaves.
        let age = ContinuousClock.now - freshness.confirmed + .milliseconds(1)
        let page = FeedPage(number: max(number, changes.last?.number ?? number), age: age, changes: changes)
        let tag = FeedPage.tag(changes.last?.number ?? question.after)
        let fields: [(name: StaticString, value: String)] = [
            ("ETag", tag), (FeedPage.ageField, "\(age.inMilliseconds)"),
        ]
        guard !changes.isEmpty || head.headers["if-none-match"] != [tag] else {
            return HTTPAnswer(.notModified, .none, fields + [("Cache-Control", "no-store")])
        }
        return .envelope(Envelope.success { page.write(into: &$0) }, fields: fields)
    }

    /// `POST /client/v4/feed/uses`: when keys were used at a gate that is fed.
    func reportUses(_ body: RequestBodyText) async throws -> HTTPAnswer {
        let report = try await read(body, of: .all, KeyUseReport.init(reading:))
        try await keys.record(report.uses)
        return .envelope(Envelope.success { $0.raw("null") })
    }

    /// A gate that knows more than this node may have heard it from one that is a moment ahead; or the store has lost it.
    private func requireKnown(_ number: ChangeNumber) async throws {
        let before = ChangeNumber(rawValue: number.rawValue - 1)
        guard try await followed.changes(after: before, limit: 1).isEmpty else { return }
        throw APIError.badRequest("this change does not exist: the store has lost it")
    }
}

/// What a gate asks its feed.
struct FeedQuestion: Sendable, Equatable {
    let after: ChangeNumber
    let wait: Duration

    init(_ query: RequestQuery) throws(APIError) {
        let after = query["after"].first ?? "0"
        let wait = query["wait"].first ?? "0"
        guard let number = Int64(after), number >= 0 else { throw .badRequest("the parameter `after` is not a number") }
        // Less than a shutdown waits for.
        guard let seconds = Double(wait), (0...10).contains(seconds) else {
            throw .badRequest("the parameter `wait` is not a number of seconds from 0 to 10")
        }
        self.after = ChangeNumber(rawValue: number)
        self.wait = .seconds(seconds)
    }
}

extension APIError {
    fileprivate static let staleFeed = APIError(
        .serviceUnavailable,
        APIMessage(.unavailable, "this node's keys are stale: ask another one"), fields: [("Retry-After", "1")])
}
