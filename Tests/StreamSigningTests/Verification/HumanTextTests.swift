import Testing

@testable import StreamSigning

@Suite("Durations for people")
struct HumanTextTests {
    @Test(
        "have their two largest units",
        arguments: [
            (Duration.zero, "0 s"), (.milliseconds(1), "less than 1 s"), (.seconds(1), "1 s"), (.seconds(59), "59 s"),
            (.seconds(60), "1 min"), (.seconds(61), "1 min 1 s"), (.seconds(3_599), "59 min 59 s"),
            (.seconds(3_600), "1 h"),
            (.seconds(3_660), "1 h 1 min"), (.seconds(3_601), "1 h"), (.seconds(86_400), "1 d"),
            (.seconds(90_000), "1 d 1 h"),
            (.seconds(31_557_600), "1 y"), (.seconds(-61), "1 min 1 s"),
        ])
    func text(duration: Duration, text: String) {
        #expect(duration.humanText == text)
    }
}
