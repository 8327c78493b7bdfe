#if Service
    /// Why a file cannot be used: its path and what is wrong with it.
    struct FileProblem: Error {
        let reason: String

        init(_ path: String, _ reason: String) {
            self.reason = "\(path): \(reason)"
        }

        /// - Parameter code: an `errno`.
        init(_ path: String, errno code: Int32) {
            self.init(path, SystemReason.text(code))
        }
    }
#endif
