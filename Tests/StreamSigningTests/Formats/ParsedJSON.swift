import Foundation

@testable import StreamSigning

/// Strict JSON and Foundation's reading of the same bytes.
enum ParsedJSON {
    static func isStrict(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { (try? StrictJSON(parsing: $0)) != nil }
    }

    static func isStrict(_ text: String) -> Bool {
        isStrict(Array(text.utf8))
    }

    static func isFoundations(_ bytes: [UInt8]) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
    }

    /// Lends the root value; its pointers must not leave `body`.
    static func with<Value>(_ text: String, _ body: (JSONValue) throws -> Value) throws -> Value {
        try Array(text.utf8).withUnsafeBufferPointer { try body(StrictJSON(parsing: $0).root) }
    }
}
