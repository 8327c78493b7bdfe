/// Every check of a verification with its outcome and the value it looked at.
///
/// Made by the checks that verify, not by a second reading of the token: the ``verdict`` is what
/// ``TokenVerifier/verify(_:for:at:)-(String,_,_)`` says of the same token, request and time.
public struct Explanation: Sendable, Hashable {
    /// One check.
    public struct Step: Sendable, Hashable {
        /// How a check ended.
        public enum Outcome: Sendable, Hashable {
            case passed
            case refused(Denial)
            /// An earlier failure left nothing to look at.
            case notChecked
        }

        /// Which check.
        public let check: Check
        /// How it ended.
        public let outcome: Outcome
        /// What was looked at, for a person.
        public let value: String
    }

    /// All checks, in their order.
    public let steps: [Step]
    /// The time the explanation is for.
    public let time: NumericDate

    /// Why the token is refused; nil if it is accepted.
    public var verdict: Denial? {
        for case .refused(let denial) in steps.map(\.outcome) {
            return denial
        }
        return nil
    }

    /// Collects outcomes and never stops.
    final class Recorder: CheckRecorder {
        private var steps: [Step] = []

        func run<Value>(
            _ check: Check, _ body: () throws(Denial) -> Value, describe: (Value) -> String
        ) -> Value? {
            do throws(Denial) {
                let value = try body()
                steps.append(Step(check: check, outcome: .passed, value: describe(value)))
                return value
            } catch {
                let value = error.revocation.map { "\($0)" } ?? error.message
                steps.append(Step(check: check, outcome: .refused(error), value: value))
                return nil
            }
        }

        func explanation(at time: NumericDate) -> Explanation {
            let all = Check.allCases.map { check in
                steps.first { $0.check == check } ?? Step(check: check, outcome: .notChecked, value: "not checked")
            }
            return Explanation(steps: all, time: time)
        }
    }
}

extension Explanation: CustomStringConvertible {
    /// One line a check, then the verdict.
    public var description: String {
        var lines = steps.map { step in
            let title = step.check.title + String(repeating: " ", count: 16 - step.check.title.utf8.count)
            return "\(step.mark) \(title)\(step.value)"
        }
        lines.append(verdict.map { "refused: \($0)" } ?? "accepted")
        return lines.joined(separator: "\n")
    }

    /// `{"accepted":…,"code":…,"message":…,"time":…,"checks":[{"check":…,"outcome":…,"code":…,"value":…,"title":…}]}`, with the
    /// id of the `revocation` in a check that found one.
    public func json() -> String {
        var writer = JSONWriter()
        writer.object {
            $0.member("accepted", verdict == nil)
            $0.member("code", verdict?.code.rawValue)
            $0.member("message", verdict?.message)
            $0.member("time", time)
            $0.name("checks")
            $0.array { list in
                for step in steps { step.write(into: &list) }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension Explanation.Step {
    /// `✓`, `✗` or `–`.
    public var mark: String {
        switch outcome {
        case .passed: "✓"
        case .refused: "✗"
        case .notChecked: "–"
        }
    }

    fileprivate func write(into writer: inout JSONWriter) {
        writer.object {
            $0.member("check", check.rawValue)
            switch outcome {
            case .passed: $0.member("outcome", "passed")
            case .notChecked: $0.member("outcome", "not_checked")
            case .refused(let denial):
                $0.member("outcome", "refused")
                $0.member("code", denial.code.rawValue)
                $0.member("revocation", denial.revocation?.id.rawValue)
            }
            $0.member("value", value)
            $0.member("title", check.title)
        }
    }
}
