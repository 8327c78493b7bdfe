import Foundation
import Testing

/// A row of the core tests' `Vectors/key-forms/forms.json`, as the command line is to take it.
struct KeyForm: Decodable, Sendable, CustomTestStringConvertible {
    let form: String
    let from: String
    let content: Data
    let half: String
    let key: String?
    let pick: String?
    let code: String?
    let says: String?
    let passesOver: Int?

    var testDescription: String { "\(form), from \(from)" }
    var isPrivate: Bool { half == "private" }

    static func all() throws -> [KeyForm] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "StreamSigningTests/Vectors/key-forms/forms.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode([KeyForm].self, from: Data(contentsOf: file))
    }
}
