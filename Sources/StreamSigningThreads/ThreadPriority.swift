import StreamSigningPlatform

/// How much of a busy core a thread gets. On a machine with nothing else to do, every thread gets all of it.
package enum ThreadPriority: Int32, Sendable {
    /// A third of what a thread gets that answers requests.
    case low = 5
    /// A tenth.
    case lowest = 10

    /// Makes it the calling thread's. Does nothing where threads have no priority of their own.
    package func apply() {
        #if os(Linux)
            // On Linux each thread has its own nice value; 0 means the calling thread.
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, rawValue)
        #endif
    }
}
