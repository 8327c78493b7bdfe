internal import StreamSigningPlatform

/// Where this program's own file is.
enum ExecutablePath {
    /// Absolute, without links; nil if the system does not tell.
    static var current: String? {
        // The name that the program was called by need not lead to it: a shell finds it on a search path.
        resolved("/proc/self/exe") ?? CommandLine.arguments.first.flatMap { $0.contains("/") ? resolved($0) : nil }
    }

    private static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
