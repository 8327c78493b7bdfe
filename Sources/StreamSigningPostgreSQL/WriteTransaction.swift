internal import StreamSigning
import StreamSigningStore

/// A transaction that writes, on the thread of ``GroupCommit``.
///
/// It begins by locking the one row of `store_state` and ends by writing it back, so all writers of all nodes take turns,
/// and each sees everything that those before it have done: the checks of limits and uniqueness need no locks of their
/// own, and the audit log is one chain.
///
/// Why a reader that goes by numbers misses no change: numbers come from that row, so the transaction that gives number n+1 gets
/// the lock when the one that gave n has ended, and PostgreSQL makes a commit visible before it releases its locks. A
/// reader that sees n+1 therefore sees n. A transaction that is rolled back takes its numbers with it, so there are no
/// gaps, which a sequence would have; and a gap would be indistinguishable from a change that is about to become visible.
final class WriteTransaction {
    private let connection: PostgreSQLConnection
    private let deadline: Deadline
    private var state: StoreState
    /// How many statements have written.
    private(set) var writes = 0
    private var isChanged = false
    /// Whether the end of the transaction is in the server's hands, and a lost connection leaves open what became of it.
    private(set) var isCommitting = false

    init(_ connection: PostgreSQLConnection, by deadline: Deadline) throws {
        self.connection = connection
        self.deadline = deadline
        try connection.run(Self.begin, by: deadline)
        guard let state = try connection.run(Self.lock, by: deadline).first(reading: StoreState.init) else {
            throw StoreError(.corrupt, "the database has lost its state")
        }
        self.state = state
    }

    /// The master key that sealed halves are under.
    var masterKeyID: String? { state.masterKeyID }

    /// Reads, and sees what was written before in this transaction.
    func read(_ statement: PreparedStatement, _ parameters: [StoredValue] = []) throws -> ResultRows {
        try connection.run(statement, parameters, by: deadline)
    }

    /// Writes. Find out first whether the caller is to be refused: see ``GroupCommit``.
    @discardableResult
    func write(_ statement: PreparedStatement, _ parameters: [StoredValue] = []) throws -> ResultRows {
        writes += 1
        isChanged = true
        return try connection.run(statement, parameters, by: deadline)
    }

    /// The number of the last change; 0 if there is none.
    var lastChange: ChangeNumber { ChangeNumber(rawValue: state.changeNumber) }

    func nextChange() -> ChangeNumber {
        state.changeNumber += 1
        return ChangeNumber(rawValue: state.changeNumber)
    }

    func nextCredentialRevision() -> Int64 {
        state.credentialRevision += 1
        return state.credentialRevision
    }

    func setMasterKeyID(_ id: String?) {
        isChanged = true
        state.masterKeyID = id
    }

    /// Whether nothing was ever written.
    var isPristine: Bool {
        state.changeNumber == 0 && state.auditSequence == 0 && state.credentialRevision == 0
            && state.masterKeyID == nil
    }

    /// Takes over the state of another store.
    func restore(_ state: StoreState) {
        isChanged = true
        self.state = state
    }

    /// Adds an event to the log.
    func append(_ event: AuditEvent) throws {
        try write(.insertEvent, try next(event).values)
    }

    /// Adds events to the log.
    func append(_ events: [AuditEvent]) throws {
        try write(.insertEvents, [.events(try events.map(next))])
    }

    /// The event as the log's next one.
    private func next(_ event: AuditEvent) throws(StoreError) -> RecordedEvent {
        let recorded = try AuditChain.record(event, sequence: state.auditSequence + 1, after: state.auditDigest)
        (state.auditSequence, state.auditDigest) = (recorded.sequence, recorded.digest)
        return recorded
    }

    /// Makes everything durable and visible, and wakes those who follow.
    func commit() throws {
        guard isChanged else { return try rollBack() }
        try connection.run(Self.writeBack, state.values + [.text(connection.address.schema)], by: deadline)
        _ = connection.takeWarning()
        isCommitting = true
        let outcome = try connection.run(Self.commit, by: deadline)
        guard outcome.command == "COMMIT" else {
            isCommitting = false
            throw PostgreSQLFailure(.refusal, "the transaction was rolled back")
        }
        // A standby that was to have the commit too has not confirmed it: the server warns, and answers as if it had.
        if let warning = connection.takeWarning() { throw PostgreSQLFailure(.late, warning) }
    }

    func rollBack() throws {
        try connection.run(Self.rollback, by: deadline)
    }

    private static let begin = PreparedStatement("begin", "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    private static let commit = PreparedStatement("commit", "COMMIT")
    private static let rollback = PreparedStatement("rollback", "ROLLBACK")
    private static let lock = PreparedStatement("lock_state", StoreState.selection + " FOR UPDATE")
    private static let writeBack = PreparedStatement(
        "write_state",
        """
        WITH written AS (
            UPDATE store_state SET change_number = $1, audit_sequence = $2, audit_digest = $3,
                credential_revision = $4, master_key = $5
        )
        SELECT pg_notify($6, '')
        """)
}

/// The row of `store_state`.
struct StoreState {
    var changeNumber: Int64
    var auditSequence: Int64
    var auditDigest: [UInt8]
    var credentialRevision: Int64
    var masterKeyID: String?

    static let selection =
        "SELECT change_number, audit_sequence, audit_digest, credential_revision, master_key FROM store_state"

    var values: [StoredValue] {
        [
            .integer(changeNumber), .integer(auditSequence), .bytes(auditDigest), .integer(credentialRevision),
            .text(masterKeyID),
        ]
    }
}

extension PreparedStatement {
    static let readState = PreparedStatement("read_state", StoreState.selection)
}

extension StoreState {
    init(_ row: inout RowReader<ResultRow>) throws(StoreError) {
        changeNumber = try row.integer()
        auditSequence = try row.integer()
        auditDigest = try row.bytes()
        credentialRevision = try row.integer()
        masterKeyID = try row.optionalText()
    }
}
