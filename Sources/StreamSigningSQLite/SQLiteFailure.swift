internal import GRDB
import StreamSigningStore

extension StoreError {
    /// What SQLite or GRDB threw, in our words. Values that were bound to a statement are not in it.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error)
        case is CancellationError: self.init(.unavailable, "the request was cancelled")
        // Its text would show the row.
        case is RowDecodingError: self.init(.corrupt, "the database holds a row that cannot be read")
        default: self.init(.unavailable, "the database failed (\(error))")
        }
    }

    private init(_ error: DatabaseError) {
        let code = Code(error.resultCode)
        let detail = error.message ?? "no reason given"
        self.init(
            code,
            "the database \(Self.summary(error.resultCode)) (SQLite \(error.extendedResultCode.rawValue): \(detail))"
        )
    }

    private static func summary(_ code: ResultCode) -> String {
        switch code {
        case .SQLITE_FULL: "is full, or its disk is"
        case .SQLITE_BUSY, .SQLITE_LOCKED: "is locked by another process"
        case .SQLITE_READONLY, .SQLITE_PERM: "may not be written"
        case .SQLITE_CANTOPEN: "cannot be opened"
        case .SQLITE_IOERR: "cannot be read or written"
        case .SQLITE_CORRUPT: "is damaged"
        case .SQLITE_NOTADB: "is not an SQLite database"
        case .SQLITE_CONSTRAINT: "refused a value"
        case .SQLITE_MISUSE: "is closed"
        default: "failed"
        }
    }
}

extension StoreError.Code {
    fileprivate init(_ code: ResultCode) {
        self =
            switch code {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT, .SQLITE_MISMATCH: .corrupt
            // Uniqueness is asked for before each insert, in its transaction, with a better reason. This catches what slips through.
            case .SQLITE_CONSTRAINT: .keyExists
            default: .unavailable
            }
    }
}
