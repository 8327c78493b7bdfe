/// The tokens and playback URLs on standard input, one per line.
///
/// Blank lines at the end do not count, as where a single token is read. If there is nothing else, there is one empty line.
actor PresentedTokenLines {
    /// A byte more than the longest URL, so that the core sees that a longer one is too long.
    private let lines = InputLines(longestLine: 16 * 1024 + 1)
    private var blankCount = 0
    private var hasRead = false
    private var hasEnded = false

    /// The next few lines.
    /// - Returns: nil at the end.
    func next() async throws -> [String]? {
        while !hasEnded {
            guard let batch = try await lines.next() else {
                hasEnded = true
                return hasRead ? nil : [""]
            }
            var texts: [String] = []
            for line in batch {
                guard !line.bytes.isEmpty else {
                    blankCount += 1
                    continue
                }
                texts += repeatElement("", count: blankCount)
                texts.append(line.text)
                blankCount = 0
            }
            guard texts.isEmpty else {
                hasRead = true
                return texts
            }
        }
        return nil
    }
}
