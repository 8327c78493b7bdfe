package import StreamSigning

/// Reads a row's columns one after another, in the order in which the statement names them.
///
/// Inlinable, so that the databases' rooms specialise it: a node that starts reads every key.
package struct RowReader<Row: StoredRow> {
    @usableFromInline let row: Row
    @usableFromInline var column = 0

    @inlinable
    package init(_ row: Row) {
        self.row = row
    }

    @inlinable
    mutating func next() -> Int {
        defer { column += 1 }
        return column
    }

    @inlinable
    package mutating func integer() throws(StoreError) -> Int64 {
        try row.integer(next())
    }

    @inlinable
    package mutating func bool() throws(StoreError) -> Bool {
        try row.bool(next())
    }

    @inlinable
    package mutating func text() throws(StoreError) -> String {
        try row.text(next())
    }

    @inlinable
    package mutating func bytes() throws(StoreError) -> [UInt8] {
        try row.bytes(next())
    }

    /// Reads a column that may be NULL: `try row.optional { row throws(StoreError) in try row.time() }`.
    @inlinable
    package mutating func optional<Value>(
        _ read: (inout Self) throws(StoreError) -> Value
    ) throws(StoreError) -> Value? {
        guard !row.isNull(column) else {
            column += 1
            return nil
        }
        return try read(&self)
    }

    @inlinable
    package mutating func optionalText() throws(StoreError) -> String? {
        try optional { row throws(StoreError) in try row.text() }
    }

    @inlinable
    package mutating func optionalTime() throws(StoreError) -> NumericDate? {
        try optional { row throws(StoreError) in try row.time() }
    }
}

extension RowReader {
    @inlinable
    package mutating func time() throws(StoreError) -> NumericDate {
        NumericDate(microseconds: try integer())
    }

    @inlinable
    package mutating func keyID() throws(StoreError) -> KeyID {
        guard let id = try? KeyID(text()) else { throw .unreadable }
        return id
    }

    @inlinable
    package mutating func account() throws(StoreError) -> AccountID {
        guard let account = AccountID(try text()) else { throw .unreadable }
        return account
    }

    @inlinable
    package mutating func changeNumber() throws(StoreError) -> ChangeNumber {
        ChangeNumber(rawValue: try integer())
    }

    /// The columns of ``StoredPublicKey/columns``.
    @inlinable
    package mutating func publicKey() throws(StoreError) -> StoredPublicKey {
        StoredPublicKey(id: try keyID(), der: try bytes(), signsSessions: try bool())
    }

    /// The columns of ``StoredPublicKey/checkedColumns``.
    @inlinable
    package mutating func checkedPublicKey() throws(StoreError) -> StoredPublicKey {
        StoredPublicKey(id: try keyID(), der: try bytes(), signsSessions: try bool(), thumbprint: try bytes())
    }

    /// The same, ready to verify with.
    @inlinable
    package mutating func verificationKey() throws(StoreError) -> VerificationKey {
        let stored = try checkedPublicKey()
        guard let key = try? stored.verificationKey() else {
            throw StoreError(.corrupt, "the public half of the key \(stored.id) is damaged")
        }
        return key
    }

    /// A word of an enumeration.
    @inlinable
    package mutating func word<Word: RawRepresentable<String>>() throws(StoreError) -> Word {
        guard let word = Word(rawValue: try text()) else { throw .unreadable }
        return word
    }
}
