internal import StreamSigningPlatform

/// The path of this program's own file.
enum ExecutablePath {
    /// Absolute and without links; nil if the system does not say.
    static var current: String? {
        // The program's name need not lead to it: a shell finds it on its search path.
        resolved("/proc/self/exe") ?? CommandLine.arguments.first.flatMap { $0.contains("/") ? resolved($0) : nil }
    }

    /// - Returns: nil if the path leads nowhere.
    static func resolved(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
