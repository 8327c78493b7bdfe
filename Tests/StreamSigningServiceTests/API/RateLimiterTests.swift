import NIOHTTP1
import StreamSigning
import StreamSigningStore
import Testing

@testable import StreamSigningAPI
@testable import StreamSigningHTTP
@testable import StreamSigningWire

@Suite("The rate limit")
struct RateLimiterTests {
    private let start = ContinuousClock.now
    private let client = CredentialID(rawValue: "a")

    private static func limiter(_ perSecond: Int) -> RateLimiter<CredentialID> {
        RateLimiter(perSecond: perSecond, of: "requests")
    }

    /// How many of `count` requests at one moment are admitted.
    private func admitted(
        _ count: Int, by limiter: RateLimiter<CredentialID>, at moment: Duration = .zero, client: CredentialID? = nil
    ) -> Int {
        (0..<count).count { _ in
            (try? limiter.admit(client ?? self.client, at: start + moment)) != nil
        }
    }

    @Test("admits twice its rate at once, and no more")
    func burst() {
        let limiter = Self.limiter(3)
        #expect(admitted(6, by: limiter) == 6)
        #expect(admitted(1, by: limiter) == 0)
    }

    @Test("admits one more when a request's share of a second has passed, and not before")
    func refill() {
        let limiter = Self.limiter(4)
        #expect(admitted(8, by: limiter) == 8)
        #expect(admitted(1, by: limiter, at: .milliseconds(249)) == 0)
        #expect(admitted(2, by: limiter, at: .milliseconds(251)) == 1)
    }

    @Test("does not save up more than twice its rate")
    func rest() {
        let limiter = Self.limiter(3)
        #expect(admitted(6, by: limiter) == 6)
        #expect(admitted(10, by: limiter, at: .seconds(3_600)) == 6)
    }

    @Test("counts each credential alone")
    func credentials() {
        let limiter = Self.limiter(1)
        #expect(admitted(3, by: limiter) == 2)
        #expect(admitted(3, by: limiter, client: CredentialID(rawValue: "b")) == 2)
    }

    @Test("forgets credentials that have not come for a while, and none that has used up what it may")
    func memory() {
        let limiter = Self.limiter(2)
        for index in 0..<5_000 {
            let client = CredentialID(rawValue: "\(index)")
            #expect(admitted(1, by: limiter, at: .seconds(index), client: client) == 1)
        }
        #expect(limiter.bucketCount <= 1_024)
        #expect(admitted(4, by: limiter, at: .seconds(5_000)) == 4)
        for index in 0..<2_000 {
            _ = admitted(1, by: limiter, at: .seconds(5_000), client: CredentialID(rawValue: "other \(index)"))
        }
        #expect(admitted(1, by: limiter, at: .seconds(5_000)) == 0)
    }

    @Test("is generous by default: no client that waits for its answers comes near it")
    func fallback() {
        let limiter = Self.limiter(ServiceLimits().requestsPerSecond)
        #expect(admitted(2_000, by: limiter) == 2_000)
        #expect(admitted(1, by: limiter) == 0)
    }

    @Test("is none if its rate is 0")
    func unlimited() {
        #expect(admitted(10_000, by: Self.limiter(0)) == 10_000)
    }

    @Test("says with 429 how many seconds to wait")
    func refusal() throws {
        let limiter = Self.limiter(1)
        #expect(admitted(2, by: limiter) == 2)
        let refusal = #expect(throws: APIError.self) { try limiter.admit(client, at: start) }
        #expect(refusal?.status == .tooManyRequests && refusal?.errors.map(\.code) == [20009])
        let fields = refusal?.fields.map { "\($0.name): \($0.value)" }
        #expect(fields == ["Retry-After: 1"])
        #expect(refusal?.errors.map(\.message) == ["more than 1 requests a second"])
    }

    @Test("counts an address of IPv6 with its /64, and one of IPv4 by itself")
    func addresses() {
        let limiter = RateLimiter<ConnectionOrigin>(perSecond: 1, of: "refusals")
        func isAdmitted(_ address: String) -> Bool {
            (try? limiter.admit(ConnectionOrigin(IPAddress(address)), at: start)) != nil
        }
        #expect(["2001:db8::1", "2001:db8::2", "2001:db8::3"].map(isAdmitted) == [true, true, false])
        #expect(isAdmitted("2001:db8:0:1::1"))
        #expect(["192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1"].map(isAdmitted) == [true, true, false])
        #expect(isAdmitted("192.0.2.2"))
    }

    @Test("has room for so many at once, and refuses who is new beyond that")
    func crowd() {
        let limiter = Self.limiter(1)
        let most = 1 << 17
        for index in 0..<most { _ = admitted(1, by: limiter, client: CredentialID(rawValue: "\(index)")) }
        #expect(limiter.bucketCount == most)
        #expect(admitted(1, by: limiter) == 0)
        #expect(admitted(2, by: limiter, client: CredentialID(rawValue: "0")) == 1)
        #expect(admitted(1, by: limiter, at: .seconds(2)) == 1)
    }
}
