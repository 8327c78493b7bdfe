package import StreamSigning

/// A value on its way into a database.
package enum StoredValue: Sendable {
    case integer(Int64?)
    case text(String?)
    case bytes([UInt8]?)
}

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

    package static func fingerprint(_ fingerprint: KeyFingerprint) -> StoredValue {
        .integer(fingerprint.rawValue)
    }

    package static func account(_ account: AccountID?) -> StoredValue {
        .text(account?.rawValue)
    }
}
