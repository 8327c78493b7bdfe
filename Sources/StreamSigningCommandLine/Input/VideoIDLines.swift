internal import StreamSigning

/// The video ids on standard input, one per line.
actor VideoIDLines {
    /// No id is nearly as long as 4 KiB.
    private let lines = InputLines(longestLine: 4096)
    private var failure: CommandFailure?

    /// The next few ids.
    /// - Returns: nil at the end.
    /// - Throws: ``CommandFailure`` naming the line that is not an id, after all ids before it have been returned.
    func next() async throws -> [VideoID]? {
        if let failure { throw failure }
        guard let batch = try await lines.next() else { return nil }
        var videos: [VideoID] = []
        for line in batch {
            do throws(CommandFailure) {
                videos.append(try Self.read(line))
            } catch {
                guard !videos.isEmpty else { throw error }
                failure = error
                break
            }
        }
        return videos
    }

    private static func read(_ line: InputLines.Line) throws(CommandFailure) -> VideoID {
        let text = line.text
        guard !text.isEmpty else { throw failure(line, "blank, where a video id is expected") }
        do {
            return try VideoID(text)
        } catch {
            throw failure(line, error.reason)
        }
    }

    private static func failure(_ line: InputLines.Line, _ reason: String) -> CommandFailure {
        let text = line.text
        let shown = text.isEmpty ? "" : " '\(text.prefix(64))\(text.count > 64 ? "…" : "")'"
        return .unusable("standard input, line \(line.number)\(shown)", reason)
    }
}
