internal import StreamSigning

/// Verifies each line of standard input, and writes the verdicts in the same order.
///
/// If there is only one line, the outcome is the same as for an argument: a refusal goes to stderr alone.
struct BulkVerification {
    let judge: TokenJudge
    let isJSON: Bool

    /// - Throws: ``CommandFailure`` if any token is refused.
    func run() async throws {
        let (judge, isJSON) = (judge, isJSON)
        let lines = PresentedTokenLines()
        var progress = Progress("verified")
        var tally = Tally()
        do {
            defer { progress.clear() }
            try await OrderedBatches.run {
                try await lines.next()
            } transform: { batch in
                let verdicts = judge.verdicts(on: batch, at: judge.time ?? Clock.now)
                return verdicts.map { Line(verdict: $0, text: $0.line(isJSON)) }
            } emit: { batch in
                var output: [UInt8] = []
                for line in batch {
                    tally.add(line.verdict)
                    output += tally.takeHeldBack().utf8
                    if !tally.holdsBack(line, isJSON) { output += line.text.utf8 }
                }
                if !output.isEmpty { try StandardOutput.write(output) }
                progress.advance(by: batch.count)
            }
        } catch let failure as CommandFailure where failure.status == .readerGone {
            // Nobody knows about the lines that were not read, so this is not success.
            guard tally.first != nil else {
                throw CommandFailure.unusable("standard output", "nobody reads it: stopped after \(tally.count) lines")
            }
        }
        if tally.accepted > 0 { judge.noteUncheckedVideo() }
        guard let (line, denial) = tally.first else { return }
        guard tally.count > 1 else { throw CommandFailure.refused(denial) }
        throw CommandFailure(.refused, tally.summary(line, denial))
    }
}

/// A verdict, and the line that says it.
private struct Line: Sendable {
    let verdict: Verdict
    let text: String
}

/// What has been decided so far.
private struct Tally {
    private(set) var count = 0
    private(set) var accepted = 0
    /// The first refusal and its line.
    private(set) var first: (line: Int, denial: Denial)?
    private var heldBack = ""

    mutating func add(_ verdict: Verdict) {
        count += 1
        switch verdict {
        case .accepted: accepted += 1
        case .refused(let denial): first = first ?? (count, denial)
        }
    }

    /// Whether a refusal waits to see if another line follows.
    mutating func holdsBack(_ line: Line, _ isJSON: Bool) -> Bool {
        guard count == 1, !isJSON, case .refused = line.verdict else { return false }
        heldBack = line.text
        return true
    }

    mutating func takeHeldBack() -> String {
        defer { heldBack = "" }
        return heldBack
    }

    func summary(_ line: Int, _ denial: Denial) -> String {
        "\(denial.code.rawValue): \(count - accepted) of \(count) lines refused; the first is line \(line): \(denial.message)"
    }
}

extension Verdict {
    fileprivate func line(_ isJSON: Bool) -> String {
        (isJSON ? json : text) + "\n"
    }
}
