/// What the system says of an `errno`.
package enum SystemReason {
    package static func text(_ code: Int32) -> String {
        strerror(code).map { String(cString: $0).lowercased() } ?? "error \(code)"
    }
}
