internal import CPostgreSQL
import StreamSigningPlatform
import StreamSigningStore

/// One connection to PostgreSQL: the one owner of libpq's handle.
///
/// Its calls block, with a deadline each, so it lives on threads that are made for that. Unchecked, because a connection is
/// lent to one thread at a time by its owner, and libpq asks for no more than that.
final class PostgreSQLConnection: @unchecked Sendable {
    let handle: OpaquePointer
    let address: PostgreSQLAddress
    private var prepared: Set<String> = []
    private let notices = NoticeBox()
    /// Set once an answer is missing: whatever comes next on this connection would be taken for the answer to something else.
    private(set) var isBroken = false

    /// Connects and sets the session up. Blocks for as long as `connect_timeout` says, for each of the URL's hosts.
    init(_ address: PostgreSQLAddress, by deadline: Deadline) throws(PostgreSQLFailure) {
        self.address = address
        handle = try ConnectionParameters(address).connect()
        // All properties are set, so `deinit` runs if this throws, and ends the connection.
        guard PQstatus(handle) == CONNECTION_OK, PQsetnonblocking(handle, 1) == 0 else {
            throw Self.failure(.connection, handle, address)
        }
        PQsetNoticeReceiver(handle, receiveNotice, Unmanaged.passUnretained(notices).toOpaque())
        try setUp(by: deadline)
    }

    deinit {
        PQfinish(handle)
    }

    /// Whether nothing is known to be wrong with it. What the server has sent, a farewell above all, is read first.
    func isAlive() -> Bool {
        guard !isBroken, PQstatus(handle) == CONNECTION_OK else { return false }
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        if poll(&descriptor, 1, 0) > 0, PQconsumeInput(handle) == 0 { return false }
        return PQstatus(handle) == CONNECTION_OK
    }

    /// Rolls back what was begun and not committed.
    /// - Returns: whether the connection can be used for something else now.
    func rollBackIfNeeded(by deadline: Deadline) -> Bool {
        if !isBroken, !isIdle { _ = try? script("ROLLBACK", by: deadline) }
        return !isBroken && isIdle
    }

    private var isIdle: Bool { PQtransactionStatus(handle) == PQTRANS_IDLE }

    /// The last warning since this was called last: of a commit that is not as durable as it should be.
    func takeWarning() -> String? {
        defer { notices.warning = nil }
        return notices.warning
    }

    /// Runs a statement, preparing it if this connection has not run it before.
    @discardableResult
    func run(
        _ statement: PreparedStatement, _ parameters: [StoredValue] = [], by deadline: Deadline
    ) throws(PostgreSQLFailure) -> ResultRows {
        if !prepared.contains(statement.name) {
            _ = try exchange(by: deadline) { PQsendPrepare(handle, statement.name, statement.sql, 0, nil) }
            prepared.insert(statement.name)
        }
        return try exchange(by: deadline) {
            BoundParameters(parameters).withPointers { count, values, lengths, formats in
                PQsendQueryPrepared(handle, statement.name, count, values, lengths, formats, 1)
            }
        }
    }

    /// Runs constant text that may hold several statements: for setting up a session or a schema.
    @discardableResult
    func script(_ sql: String, by deadline: Deadline) throws(PostgreSQLFailure) -> ResultRows {
        try exchange(by: deadline) { PQsendQuery(handle, sql) }
    }

    private func exchange(by deadline: Deadline, _ send: () -> Int32) throws(PostgreSQLFailure) -> ResultRows {
        guard !isBroken else { throw PostgreSQLFailure(.connection, "the connection was given up") }
        do throws(PostgreSQLFailure) {
            guard send() == 1 else { throw failure(.connection) }
            try flush(by: deadline)
            return try collect(by: deadline)
        } catch {
            if error.endsConnection { isBroken = true }
            throw error
        }
    }

    private func flush(by deadline: Deadline) throws(PostgreSQLFailure) {
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1:
                // The server may be sending what it wants to be read before it reads on.
                try wait(POLLIN | POLLOUT, by: deadline)
                guard PQconsumeInput(handle) == 1 else { throw failure(.connection) }
            default: throw failure(.connection)
            }
        }
    }

    /// The last result, or the first failure; all have been read when this returns.
    private func collect(by deadline: Deadline) throws(PostgreSQLFailure) -> ResultRows {
        var last: ResultRows?
        var refusal: PostgreSQLFailure?
        while true {
            while PQisBusy(handle) == 1 {
                try wait(POLLIN, by: deadline)
                guard PQconsumeInput(handle) == 1 else { throw failure(.connection) }
            }
            guard let result = PQgetResult(handle) else { break }
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK: last = ResultRows(owning: result)
            default:
                refusal = refusal ?? Self.refusal(result, address)
                PQclear(result)
            }
        }
        guard PQstatus(handle) == CONNECTION_OK else { throw refusal?.asLoss ?? failure(.connection) }
        if let refusal { throw refusal }
        guard let last else { throw failure(.connection) }
        return last
    }

    /// Waits until the socket is ready.
    func wait(_ events: Int32, by deadline: Deadline) throws(PostgreSQLFailure) {
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(events), revents: 0)
        while true {
            let ready = poll(&descriptor, 1, deadline.pollTimeout)
            if ready > 0 { return }
            guard ready == 0 || errno == EINTR else { throw failure(.connection) }
            guard !deadline.isOver else { throw PostgreSQLFailure(.late, "no answer before the deadline") }
        }
    }

    private func failure(_ kind: PostgreSQLFailure.Kind) -> PostgreSQLFailure {
        Self.failure(kind, handle, address)
    }
}
