import Synchronization

/// A name for one request, in the answer's `x-request-id` and in the log. They count up from where chance lets a process begin:
/// nothing depends on their being hard to guess, and asking the kernel for chance takes as long as reading the request.
enum RequestID {
    private static let next = Atomic<UInt64>(.random(in: .min ... .max))

    static func make() -> String {
        let digits = String(next.wrappingAdd(1, ordering: .relaxed).newValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
