internal import Glibc

/// How many files this process may have open, connections included.
enum OpenFileLimit {
    /// Raises the limit as far as this user may: a shell's usual 1,024 is less than some measurements connect.
    static func raise() throws {
        let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(files, &limit) == 0 else { throw MeasurementFailure("the system tells no limit on files") }
        limit.rlim_cur = limit.rlim_max
        guard setrlimit(files, &limit) == 0 else { throw MeasurementFailure("the limit on files cannot be raised") }
    }
}
