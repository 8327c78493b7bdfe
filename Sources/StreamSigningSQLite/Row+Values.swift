internal import Foundation
import GRDB
import StreamSigning
import StreamSigningStore

/// Columns as values, where a database that was tampered with is an error and not the end of the process.
extension Row {
    func value<Value: DatabaseValueConvertible>(_ index: Int, as _: Value.Type = Value.self) throws(StoreError)
        -> Value
    {
        let stored: DatabaseValue = self[index]
        guard let value = Value.fromDatabaseValue(stored) else { throw Self.unreadable }
        return value
    }

    func optional<Value: DatabaseValueConvertible>(
        _ index: Int, as _: Value.Type = Value.self
    ) throws(StoreError) -> Value? {
        let stored: DatabaseValue = self[index]
        return stored.isNull ? nil : try value(index)
    }

    func bytes(_ index: Int) throws(StoreError) -> [UInt8] {
        Array(try value(index, as: Data.self))
    }

    func time(_ index: Int) throws(StoreError) -> NumericDate {
        NumericDate(microseconds: try value(index))
    }

    func keyID(_ index: Int) throws(StoreError) -> KeyID {
        guard let id = try? KeyID(value(index, as: String.self)) else { throw Self.unreadable }
        return id
    }

    func account(_ index: Int) throws(StoreError) -> AccountID {
        guard let account = AccountID(try value(index, as: String.self)) else { throw Self.unreadable }
        return account
    }

    /// A key whose id is at `index` and whose bytes follow.
    func verificationKey(_ index: Int) throws(StoreError) -> VerificationKey {
        let (id, der) = (try keyID(index), try bytes(index + 1))
        guard let key = try? VerificationKey(pkcs1DER: der, id: id) else { throw Self.unreadable }
        return key
    }

    /// A word of an enumeration.
    func word<Word: RawRepresentable<String>>(_ index: Int) throws(StoreError) -> Word {
        guard let word = Word(rawValue: try value(index)) else { throw Self.unreadable }
        return word
    }

    private static var unreadable: StoreError {
        StoreError(.corrupt, "the database holds a value that cannot be read")
    }
}
