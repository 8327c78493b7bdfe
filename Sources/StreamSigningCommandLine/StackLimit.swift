internal import StreamSigningPlatform

/// The stack that the system lets a process have: with too little of it, the process dies of a bad access somewhere.
enum StackLimit {
    /// In bytes. Reading the arguments takes some 64 KiB in a debug build.
    private static let least = 512 << 10

    /// - Throws: ``CommandFailure`` that says how to get more.
    static func check() throws(CommandFailure) {
        // Without a limit it is the largest number of C, which is negative here.
        let limit = stack_limit()
        guard limit < 0 || limit >= least else {
            throw .unusable(
                "stack",
                """
                this process may have \(limit >> 10) KiB, and needs at least \(least >> 10): raise the limit (ulimit -s, \
                LimitSTACK=)
                """)
        }
    }
}
