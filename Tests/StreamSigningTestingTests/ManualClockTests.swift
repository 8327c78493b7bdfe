import StreamSigning
import StreamSigningTesting
import Testing

@Suite("The manual clock")
struct ManualClockTests {
    @Test("moves only when it is moved")
    func moves() {
        let clock = ManualClock(now: 1_760_000_000)
        #expect(clock.now == 1_760_000_000)
        clock.advance(by: .seconds(90))
        #expect(clock.now == 1_760_000_090)
        clock.advance(by: .milliseconds(-500))
        #expect(clock.now == NumericDate(secondsSince1970: 1_760_000_089) + .milliseconds(500))
        clock.now = 0
        #expect(clock.now == 0)
    }
}
