// A toolchain without Swift Testing (the static standard library on Linux has none) still builds the rest of this library.
#if canImport(Testing)
    public import StreamSigning
    public import Testing

    extension PlaybackOutcome: CustomTestStringConvertible {
        /// The text of a failed expectation: the verdict, and below it every check.
        public var testDescription: String { description }
    }

    extension Tampering: CustomTestStringConvertible {
        /// The name of a parametrised test's case.
        public var testDescription: String { rawValue }
    }

    extension PlaybackClaims: CustomTestStringConvertible {
        /// The claims in one line, those that are not set left out.
        public var testDescription: String {
            let times = [terms.expires.map { "until \($0)" } ?? "without end", terms.notBefore.map { "from \($0)" }]
            let rules = terms.rules.map(\.description).joined(separator: "; ")
            let parts = ["video \(video)"] + times.compactMap(\.self) + terms.details
            return (rules.isEmpty ? parts : parts + ["rules: \(rules)"]).joined(separator: ", ")
        }
    }
#endif
