#if Service
    #if canImport(Glibc)
        internal import Glibc
    #elseif canImport(Musl)
        internal import Musl
    #else
        internal import Darwin
    #endif

    /// What the system says of an `errno`.
    enum SystemReason {
        static func text(_ code: Int32) -> String {
            strerror(code).map { String(cString: $0).lowercased() } ?? "error \(code)"
        }
    }
#endif
