#if MaxMindDB
    internal import StreamSigningPlatform
    internal import Synchronization

    /// A database of countries whose file is replaced now and then: ``refresh()`` takes over a new one.
    public final class CountryDatabaseFile: Sendable {
        private struct State {
            var database: CountryDatabase
            /// The file that was last seen at the path, usable or not; nil if there was none.
            var seen: FileVersion?
        }

        /// Where it is.
        public let path: String
        private let state: Mutex<State>

        /// Reads the file.
        /// - Throws: ``InvalidCountryDatabase``.
        public init(path: String) throws(InvalidCountryDatabase) {
            self.path = path
            let seen = FileVersion(path)
            state = Mutex(State(database: try CountryDatabase(path: path), seen: seen))
        }

        /// The newest good one.
        public var database: CountryDatabase {
            state.withLock { $0.database }
        }

        /// Reads the file again if it has changed since it was last seen. Blocks while it is read.
        /// - Returns: whether there is a new database.
        /// - Throws: ``InvalidCountryDatabase``, once for each file that cannot be used. The database then stays as it was.
        public func refresh() throws(InvalidCountryDatabase) -> Bool {
            let found = FileVersion(path)
            let isNew = state.withLock { state in
                defer { state.seen = found }
                return state.seen != found
            }
            guard isNew else { return false }
            let database = try CountryDatabase(path: path)
            state.withLock { $0.database = database }
            return true
        }
    }
#endif
