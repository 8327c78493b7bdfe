import Foundation

/// The vectors that stand beside the tests; where they come from is in `Vectors/ORIGINS.md`.
enum Vectors {
    struct Missing: Error {
        let path: String
    }

    static func url(_ path: String) throws -> URL {
        guard let folder = Bundle.module.resourceURL else { throw Missing(path: path) }
        return folder.appending(path: "Vectors").appending(path: path)
    }

    static func data(_ path: String) throws -> Data {
        try Data(contentsOf: url(path))
    }

    static func text(_ path: String) throws -> String {
        String(decoding: try data(path), as: UTF8.self)
    }

    /// The rows of a file that is one JSON array of objects.
    static func rows(_ path: String) throws -> [JSONRow] {
        guard let rows = try JSONSerialization.jsonObject(with: data(path)) as? [[String: Any]] else {
            throw Missing(path: path)
        }
        return rows.map(JSONRow.init)
    }

    static func object(_ path: String) throws -> JSONRow {
        try JSONRow(parsing: data(path))
    }
}

/// One JSON object, read leniently by Foundation: vectors are trusted, what they hold is not.
struct JSONRow {
    struct Malformed: Error {
        let member: String
    }

    let members: [String: Any]

    init(_ members: [String: Any]) {
        self.members = members
    }

    init(parsing data: Data) throws {
        guard let members = try JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw Malformed(member: "the root")
        }
        self.members = members
    }

    func required<Value>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        guard let value = members[name] as? Value else { throw Malformed(member: name) }
        return value
    }

    func optional<Value>(_ name: String, as type: Value.Type = Value.self) -> Value? {
        members[name] as? Value
    }

    /// A member that is itself an array of objects.
    func rows(_ name: String) throws -> [JSONRow] {
        try required(name, as: [[String: Any]].self).map(JSONRow.init)
    }

    /// The JSON text of a member that is an object.
    func text(of name: String) throws -> String {
        let value = try required(name, as: [String: Any].self)
        return String(decoding: try JSONSerialization.data(withJSONObject: value), as: UTF8.self)
    }
}
