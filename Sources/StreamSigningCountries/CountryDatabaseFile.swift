#if MaxMindDB
    internal import Synchronization

    /// A database of countries that is replaced now and then: asked whether there is a new one, it takes that.
    public final class CountryDatabaseFile: Sendable {
        private struct State {
            var database: CountryDatabase
            /// What the path led to when it was last looked at, good or not; nil for nowhere.
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

        /// Reads the file again if it is another one than when it was last looked at. Blocks while it is read.
        /// - Returns: whether there is a new database.
        /// - Throws: ``InvalidCountryDatabase``, once for each file that is no good. The database then stays what it was.
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
