internal import Logging
internal import StreamSigningCommandLine
internal import StreamSigningPlatform
internal import StreamSigningService

/// What the system lets this process have: files, connections included, addresses for its memory, and threads. With too little of any,
/// nothing works: not the database, not an answer, and not even the runtime's own threads.
struct ProcessLimits {
    let openFiles: Int
    let addressSpace: Int

    /// Raises the limits as far as this user may: a shell's usual 1,024 files are fewer than the connections that the service
    /// accepts.
    static func raised() -> ProcessLimits {
        ProcessLimits(openFiles: raise(files), addressSpace: raise(addresses))
    }

    private static func raise(_ resource: Resource) -> Int {
        var limit = rlimit()
        // A system that does not tell has no limit that we could keep to.
        guard getrlimit(resource, &limit) == 0 else { return .max }
        var raised = limit
        raised.rlim_cur = limit.rlim_max
        if setrlimit(resource, &raised) == 0 { limit = raised }
        return Int(clamping: limit.rlim_cur)
    }

    #if canImport(Glibc)
        private typealias Resource = __rlimit_resource_t
        private static let files = Resource(RLIMIT_NOFILE.rawValue)
        private static let addresses = Resource(RLIMIT_AS.rawValue)
    #else
        private typealias Resource = Int32
        private static let files = RLIMIT_NOFILE
        private static let addresses = RLIMIT_AS
    #endif

    /// Checks that there is enough to run at all.
    /// - Throws: ``CommandFailure`` that says how to get more.
    func check(for configuration: ServiceConfiguration) throws(CommandFailure) {
        let files = Self.otherFiles + Self.leastConnections * configuration.filesPerConnection
        guard openFiles >= files else {
            throw .unusable(
                "open files",
                """
                this process may have \(openFiles), and needs at least \(files): raise the limit (ulimit -n, LimitNOFILE=)
                """)
        }
        let space = Self.leastAddressSpace
        guard addressSpace >= space else {
            throw .unusable(
                "address space",
                """
                this process may have \(addressSpace >> 20) MiB, and needs at least \(space >> 20): raise the limit \
                (ulimit -v, LimitAS=)
                """)
        }
        try Self.checkThreads()
    }

    /// The runtime and the event loops end the process with a trap if they get no thread, so whether there are enough is tried before.
    private static func checkThreads() throws(CommandFailure) {
        var made: UInt32 = 0
        let code = threads_try(UInt32(threads), &made)
        guard code == 0 else {
            throw .unusable(
                "threads",
                """
                this process may have \(made + 1), and needs \(threads + 1): raise the limit (ulimit -u, TasksMax=, or the pids \
                limit of the container)
                """)
        }
    }

    /// Libraries, listeners, the database and its log, probes, and the media that are kept open for every event loop.
    fileprivate static let otherFiles = 544
    private static let leastConnections = 16
    /// Most of it is reserved and never used: stacks of threads, and room for each to allocate in. Just started, on two cores, the
    /// service has reserved 1 GiB.
    private static var leastAddressSpace: Int {
        (1 << 30) + (cores << 28)
    }

    /// Besides the first one: on each core one for tasks, two event loops, and two for keys and large answers; and those that exist once,
    /// for files, clocks, the database, names and the log.
    private static var threads: Int { 24 + 5 * cores }
    private static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

extension ServiceConfiguration {
    /// A viewer's connection may read from a file as well, and the API has as many connections again.
    fileprivate var filesPerConnection: Int { gate == nil ? 1 : 3 }

    /// The same with no more connections than there are files for.
    func fitting(_ limits: ProcessLimits, _ logger: Logger) -> ServiceConfiguration {
        let most = (limits.openFiles - ProcessLimits.otherFiles) / filesPerConnection
        guard self.limits.connections > most else { return self }
        var fitting = self
        fitting.limits.connections = max(1, most)
        logger.warning(
            "fewer connections than configured, because this process may not open more files",
            metadata: [
                "connections": "\(fitting.limits.connections)", "configured": "\(self.limits.connections)",
                "open_files": "\(limits.openFiles)",
            ])
        return fitting
    }
}
