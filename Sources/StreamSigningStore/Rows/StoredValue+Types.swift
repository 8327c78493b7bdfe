package import StreamSigning

extension StoredValue {
    package static func time(_ time: NumericDate?) -> StoredValue {
        .integer(time?.microseconds)
    }

    /// A number of rows, which PostgreSQL does not take if it is negative.
    package static func limit(_ limit: Int) -> StoredValue {
        .integer(Int64(max(0, limit)))
    }

    package static func id(_ id: KeyID) -> StoredValue {
        .text(id.rawValue)
    }

    package static func account(_ account: AccountID?) -> StoredValue {
        .text(account?.rawValue)
    }
}
