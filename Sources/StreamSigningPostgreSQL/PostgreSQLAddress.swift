internal import CPostgreSQL
public import StreamSigningStore

/// Where a PostgreSQL database is, and how to log in: a `postgres://` URL. What it leaves open comes from libpq's
/// environment (`PGHOST`, `PGPASSWORD`, `PGSSLMODE`, …) and its password file.
///
/// ```swift
/// let address = try PostgreSQLAddress("postgres://streamsign@db.example/keys?sslmode=verify-full")
/// ```
public struct PostgreSQLAddress: Sendable {
    /// The URL, which may hold a password.
    let url: String
    /// The schema that the tables are in.
    package let schema: String
    /// The URL's host, port and database, with the user but never the password.
    public let description: String
    /// The password in the URL; nil if it is not there.
    let password: String?

    /// Reads a URL; nothing is connected yet.
    /// - Throws: ``StoreError``: `refused` if it is none. The reason repeats nothing of it: what does not parse as meant
    ///   may hold a piece of the password anywhere. `unavailable` if this machine lacks libpq.
    public init(_ url: String) throws(StoreError) {
        try self.init(url, schema: "streamsign")
    }

    /// - Parameter schema: lower-case letters, digits and `_`; other stores in the same database, for tests.
    package init(_ url: String, schema: String) throws(StoreError) {
        guard Self.isURL(url), !url.utf8.contains(0) else {
            throw StoreError(.refused, "the database URL does not begin with postgres:// or postgresql://")
        }
        if let reason = cpostgresql_open() {
            throw StoreError(
                .unavailable,
                "PostgreSQL needs its client library (Debian and Ubuntu: libpq5): \(String(cString: reason))")
        }
        precondition(schema.allSatisfy { $0 == "_" || $0.isASCII && ($0.isNumber || $0.isLowercase) })
        guard let options = PQconninfoParse(url, nil) else {
            throw StoreError(
                .refused,
                """
                the database URL cannot be read: write postgres://USER@HOST:PORT/DATABASE?OPTION=VALUE, with %XX for \
                special characters of a name or password
                """)
        }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        // A password with an '@' or '/' in plain would end up in the host or port, and then in messages of libpq.
        let hosts = values["host"] ?? ""
        guard !hosts.contains("@") || hosts.hasPrefix("@"), values["port"]?.allSatisfy(Self.isPort) ?? true else {
            throw StoreError(
                .refused,
                "the database URL has no valid host and port: in a password write %40 for '@', %2F for '/', %3A for ':'"
            )
        }
        self.url = url
        self.schema = schema
        password = values["password"]
        description = Self.describe(values)
    }

    /// Whether a text looks like a URL of PostgreSQL's.
    public static func isURL(_ text: String) -> Bool {
        text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
    }

    /// Whether the URL holds a password, which process lists and shell histories would show.
    public var hasPassword: Bool { password != nil }

    private static func isPort(_ character: Character) -> Bool {
        character.isASCII && character.isNumber || character == ","
    }

    private static func describe(_ values: [String: String]) -> String {
        let user = values["user"].map { "\($0)@" } ?? ""
        let port = values["port"].map { ":\($0)" } ?? ""
        return "postgres://\(user)\(values["host"] ?? "")\(port)/\(values["dbname"] ?? "")"
    }
}

extension PostgreSQLAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// As ``description``: nothing prints the password.
    public var debugDescription: String { description }
    /// As ``description``: nothing prints the password.
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }
}
