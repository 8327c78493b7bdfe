/// Reads rows, of an archive above all, and goes on after one that cannot be read.
package struct ArchiveReader {
    /// A table, and how a line for people names one of its rows.
    package struct Table: Sendable {
        let name: String
        /// The columns in the order they are read.
        let columns: [String]
        /// The place of the column that names the row.
        let id: Int
        /// Whether that is a number.
        let isNumbered: Bool

        init(_ name: String, _ columns: String, id: Int = 0, isNumbered: Bool = false) {
            self.name = name
            self.isNumbered = isNumbered
            self.columns = columns.split(separator: ", ").map(String.init)
            self.id = id
        }

        package static let keys = Table("signing_key", StoreArchive.Key.columns, id: 1)
        package static let keyStates = Table("key_state", "id, name, enabled, expires, \(KeyUse.columns), change")
        package static let revocations = Table("revocation", StoredRevocation.columns, id: 3)
        package static let credentials = Table("credential", StoreArchive.Credential.columns)
        package static let compacted = Table("compacted_key", "fingerprint", isNumbered: true)
        package static let changes = Table(
            "change", "number, account, kind, subject, public_key, payload, time", isNumbered: true)
        package static let revocationCounts = Table("revocation_count", "account, number")
        package static let compactedCounts = Table("compacted_count", "account, keys")
    }

    /// A line for each row that cannot be read.
    package private(set) var problems: [String] = []
    private(set) var unreadable: Set<String> = []
    private(set) var hasLog = true
    private var revocationCounts: [AccountID: Int64]?
    private var compactedCounts: [AccountID: Int64]?

    package init() {}

    /// Makes a value of a row.
    /// - Returns: nil if the row holds what no version of this program wrote; that is noted.
    /// - Throws: ``StoreError`` of any other code.
    package mutating func read<Row, Value>(
        _ table: Table, _ row: inout RowReader<Row>,
        _ make: (inout RowReader<Row>) throws(StoreError) -> Value
    ) throws(StoreError) -> Value? {
        do throws(StoreError) {
            return try make(&row)
        } catch {
            guard error.code == .corrupt else { throw error }
            note(error, table, row)
            return nil
        }
    }

    private mutating func note<Row>(_ error: StoreError, _ table: Table, _ row: RowReader<Row>) {
        let id: String? =
            if table.isNumbered { (try? row.row.integer(table.id)).map { "\($0)" } } else {
                try? row.row.text(table.id)
            }
        if let id, !table.isNumbered { unreadable.insert(id) }
        let place = "table \(table.name), row \(id.map { "'\($0)'" } ?? "unknown")"
        let column = row.column - 1
        guard error.reason == StoreError.unreadable.reason, table.columns.indices.contains(column) else {
            problems.append("\(place): \(error.reason)")
            return
        }
        problems.append("\(place): the value of `\(table.columns[column])` cannot be read")
    }

    /// Reads the audit log. Without all of it, nothing is compared with it.
    package mutating func readLog(_ read: () throws -> [RecordedEvent]) throws -> [RecordedEvent] {
        do {
            return try read()
        } catch let error as StoreError where error.code == .corrupt {
            hasLog = false
            problems.append("the audit log cannot be read: \(error.reason)")
            return []
        }
    }

    /// Notes what the store has counted, to compare it with what is there.
    /// - Parameters:
    ///   - revocations: how many each account has.
    ///   - compacted: how many compacted keys each account has.
    package mutating func note(
        revocations: [(account: AccountID, count: Int64)], compacted: [(account: AccountID, count: Int64)]
    ) {
        revocationCounts = Dictionary(revocations.map { ($0.account, $0.count) }) { $1 }
        compactedCounts = Dictionary(compacted.map { ($0.account, $0.count) }) { $1 }
    }

    /// A count and the account it is of.
    package static func count(
        _ row: inout RowReader<some StoredRow>
    ) throws(StoreError) -> (account: AccountID, count: Int64) {
        (try row.account(), try row.integer())
    }

    /// A line for each count that is not that of what is there: an account could have more, or fewer, than it may.
    func miscounts(_ archive: StoreArchive) -> [String] {
        let revocations = archive.revocations.reduce(into: [:]) { $0[$1.account, default: 0 as Int64] += 1 }
        let compacted = (try? CompactedKeys(archive.changes))?.counts
        return Self.miscounts(revocationCounts, revocations, "revocations")
            + Self.miscounts(compactedCounts, compacted, "compacted keys")
    }

    private static func miscounts(
        _ stored: [AccountID: Int64]?, _ counted: [AccountID: Int64]?, _ things: String
    ) -> [String] {
        guard let stored, let counted else { return [] }
        return Set(stored.keys).union(counted.keys).sorted { $0.rawValue < $1.rawValue }.compactMap { account in
            let (stored, counted) = (stored[account] ?? 0, counted[account] ?? 0)
            return stored == counted
                ? nil : "the account \(account) has \(counted) \(things), and the database counts \(stored)"
        }
    }
}
