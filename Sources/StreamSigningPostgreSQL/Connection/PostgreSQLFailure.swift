import StreamSigningStore

/// Why PostgreSQL did not do what it was asked, as far as it matters to what comes next.
struct PostgreSQLFailure: Error {
    enum Kind {
        /// The connection is gone, or could not be made.
        case connection
        /// No answer came in time. The connection is of no use after that.
        case late
        /// The server refused the statement.
        case refusal
    }

    let kind: Kind
    /// Five characters (PostgreSQL's manual, appendix A); empty if the failure is not the server's.
    let sqlState: String
    /// What libpq or the server says, without values that were sent and without the password.
    let message: String

    init(_ kind: Kind, sqlState: String = "", _ message: String) {
        self.kind = kind
        self.sqlState = sqlState
        self.message = message
    }

    /// Whether the server may be another one, or another state of it, after a new connection: it was shut down, or has
    /// become a read-only standby.
    var endsConnection: Bool {
        kind != .refusal || sqlState.hasPrefix("57P") || sqlState.hasPrefix("08") || sqlState == "25006"
            || sqlState == "25P03"
    }

    /// Whether the server lacks what another connection takes: a slot, or room on its disk.
    var isExhaustion: Bool { sqlState.hasPrefix("53") }
}

extension StoreError {
    /// What reading or writing threw, in our words.
    static func ofPostgreSQL(_ error: any Error) -> StoreError {
        switch error {
        case let error as StoreError: error
        case let failure as PostgreSQLFailure: failure.storeError
        default: StoreError(.unavailable, "the database failed (\(error))")
        }
    }
}

extension PostgreSQLFailure {
    /// The failure in our words.
    var storeError: StoreError {
        let state = sqlState.isEmpty ? "" : " \(sqlState)"
        return StoreError(code, "the database \(summary) (PostgreSQL\(state): \(message))")
    }

    private var summary: String {
        switch (kind, sqlState.prefix(2), sqlState) {
        case (.late, _, _): "did not answer in time"
        case (_, _, "53100"): "is full, or its disk is"
        case (_, _, "53300"): "has no room for another connection"
        case (_, _, "55P03"), (_, _, "40P01"): "is locked by another node"
        case (_, _, "57014"): "took too long"
        case (_, _, "25006"): "may not be written: it is a standby, or read-only"
        case (_, _, "42501"): "does not allow this role to do that"
        case (_, "28", _): "refused the login"
        case (_, "3D", _): "does not exist"
        case (_, "23", _): "refused a value"
        case (_, "XX", _): "is damaged"
        case (.connection, _, _): "cannot be reached"
        default: "failed"
        }
    }

    private var code: StoreError.Code {
        switch sqlState {
        // Uniqueness is asked for before each insert, in its transaction, with a better reason. This catches what slips through.
        case "23505": .keyExists
        // Missing tables and columns, and what PostgreSQL itself calls corrupted.
        case "42P01", "42703", "XX001", "XX002": .corrupt
        case "42501": .refused
        default: .unavailable
        }
    }
}
