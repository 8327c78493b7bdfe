internal import StreamSigning

/// Signs for each video id on standard input and writes the results in the same order.
struct BulkSigning {
    let signer: TokenSigner
    let terms: TokenTerms
    let now: NumericDate

    /// - Parameter render: appends the lines of one token, and returns how many characters it or its longest URL has.
    /// - Returns: the largest of these numbers.
    func run(_ render: (PlaybackToken, inout [UInt8]) -> Int) async throws -> Int {
        let videos = VideoIDLines()
        let (terms, now) = (terms, now)
        var progress = Progress("signed")
        defer { progress.clear() }
        var longest = 0
        do {
            try await signer.signBatches {
                guard let batch = try await videos.next() else { return nil }
                return try batch.map { try terms.claims(for: $0, at: now) }
            } emit: { tokens in
                // Each batch is one write: writes are large, and no line is cut.
                var lines: [UInt8] = []
                for token in tokens { longest = max(longest, render(token, &lines)) }
                try StandardOutput.write(lines)
                progress.advance(by: tokens.count)
            }
        } catch let error as KeyError {
            throw CommandFailure.unusable("these tokens", error.reason)
        }
        if progress.count == 0 { StandardError.note("there was no video id on standard input") }
        return longest
    }
}
