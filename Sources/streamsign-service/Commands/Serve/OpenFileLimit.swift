internal import Logging
internal import StreamSigningPlatform
internal import StreamSigningService

/// How many files this process may have open, connections included. Beyond that nothing works: not the database, not an
/// answer, and not even the runtime's own threads.
enum OpenFileLimit {
    /// Raises the limit as far as this user may: a shell's usual 1,024 is less than the connections that the service accepts.
    /// - Returns: the limit; nil if the system does not tell.
    static func raise() -> Int? {
        #if canImport(Glibc)
            let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let files = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(files, &limit) == 0 else { return nil }
        var raised = limit
        raised.rlim_cur = limit.rlim_max
        if setrlimit(files, &raised) == 0 { limit = raised }
        return Int(clamping: limit.rlim_cur)
    }
}

extension ServiceConfiguration {
    /// The same with no more connections than there are files for.
    func fitting(openFiles limit: Int?, _ logger: Logger) -> ServiceConfiguration {
        // Libraries, listeners, the database and its log, and the media that are kept open for every event loop.
        let others = 512
        // A viewer's connection may read from a file as well, and the API has as many connections again.
        let each = gate == nil ? 1 : 3
        guard let limit, limits.connections > (limit - others) / each else { return self }
        var fitting = self
        fitting.limits.connections = max(1, (limit - others) / each)
        logger.warning(
            "fewer connections than configured, because this process may not open more files",
            metadata: [
                "connections": "\(fitting.limits.connections)", "configured": "\(limits.connections)",
                "open_files": "\(limit)",
            ])
        return fitting
    }
}
