import Synchronization

/// A name for one request, in the answer's `X-Request-Id` and in the log. Ids count up from a random number: nothing depends on
/// their being hard to guess, and a random one for each would cost as much time as reading the request.
enum RequestID {
    private static let next = Atomic<UInt64>(.random(in: .min ... .max))

    static func make() -> String {
        let digits = String(next.wrappingAdd(1, ordering: .relaxed).newValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
