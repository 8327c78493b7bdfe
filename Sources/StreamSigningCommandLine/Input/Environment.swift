internal import StreamSigningPlatform

/// The process's environment. An empty value counts as absent.
package enum Environment {
    package static subscript(name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// Those of some variables that are there.
    package static func values(of names: [String]) -> [String: String] {
        names.reduce(into: [:]) { values, name in values[name] = Self[name] }
    }
}
