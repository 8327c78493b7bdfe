/// The system's own words for its errors, in the form of our messages.
package enum SystemError {
    /// `no such file or directory`
    /// - Parameter code: an `errno`.
    package static func text(_ code: Int32) -> String {
        guard let text = strerror(code).map({ String(cString: $0) }) else { return "error \(code)" }
        // `I/O` keeps its capitals.
        return text.dropFirst().first?.isLowercase == true ? text.prefix(1).lowercased() + text.dropFirst() : text
    }
}
