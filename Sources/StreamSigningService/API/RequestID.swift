#if Service
    /// A name for one request, in the answer's `x-request-id` and in the log.
    enum RequestID {
        static func make() -> String {
            let digits = String(UInt64.random(in: .min ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }
    }
#endif
