/// The tokens and playback URLs on standard input, one per line. If there is nothing, there is one empty line, as where a single
/// token is read.
actor PresentedTokenLines {
    /// A byte more than the longest URL, so that the core sees that a longer one is too long.
    private let lines = InputLines(longestLine: 16 * 1024 + 1, batchCount: 512)
    private var hasRead = false

    /// The next few lines.
    /// - Returns: nil at the end.
    func next() async throws -> [String]? {
        defer { hasRead = true }
        guard let batch = try await lines.next() else { return hasRead ? nil : [""] }
        return batch.map(\.text)
    }
}
