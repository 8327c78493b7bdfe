/// Collects what does not fit, so that the first fault does not hide the others.
struct ArchiveFaults {
    /// A line for each, in the order they were found.
    private(set) var lines: [String] = []

    mutating func add(_ line: String) {
        lines.append(line)
    }

    /// Runs a check that ends at its first fault.
    /// - Throws: ``StoreError`` of any code but `corrupt`: the check could not be made.
    mutating func collect(_ check: () throws(StoreError) -> Void) throws(StoreError) {
        do throws(StoreError) {
            try check()
        } catch {
            guard error.code == .corrupt else { throw error }
            lines.append(error.reason)
        }
    }
}
