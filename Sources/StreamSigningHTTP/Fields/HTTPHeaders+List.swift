package import NIOHTTP1

extension HTTPHeaders {
    /// The members of a field that is a list, over all its lines. Empty members are left out (RFC 9110 5.6.1.2): proxies that add
    /// to a field write `a, , b`.
    ///
    /// Not for a field whose members may hold commas in quotes.
    package func members(_ name: String) -> [Substring] {
        self[canonicalForm: name].filter { !$0.isEmpty }
    }
}
