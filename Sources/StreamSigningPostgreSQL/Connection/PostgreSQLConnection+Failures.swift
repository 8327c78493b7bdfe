internal import CPostgreSQL

extension PostgreSQLConnection {
    /// What libpq has to say about the connection.
    static func failure(
        _ kind: PostgreSQLFailure.Kind, _ handle: OpaquePointer, _ address: PostgreSQLAddress
    ) -> PostgreSQLFailure {
        let message = oneLine(String(cString: PQerrorMessage(handle)), without: address.password)
        // The server's refusal of a login has no field of its own in libpq, only its text.
        let state = refusedLogins.first { message.contains($0.text) }?.sqlState ?? ""
        return PostgreSQLFailure(kind, sqlState: state, message.isEmpty ? "no reason given" : message)
    }

    private static let refusedLogins = [
        (text: "too many clients", sqlState: "53300"),
        (text: "remaining connection slots", sqlState: "53300"),
        (text: "too many connections", sqlState: "53300"),
        // After a change of the system tables the next session writes a file before it does anything. Nearly always it is a full disk
        // that stops it.
        (text: "could not write init file", sqlState: "53100"),
    ]

    /// What the server has to say about a statement: the primary message alone, because details repeat values.
    static func refusal(_ result: OpaquePointer, _ address: PostgreSQLAddress) -> PostgreSQLFailure {
        func field(_ code: Character) -> String {
            let text = code.asciiValue.flatMap { PQresultErrorField(result, Int32($0)) }
            return text.map { String(cString: $0) } ?? ""
        }
        let message = oneLine(field("M"), without: address.password)
        return PostgreSQLFailure(.refusal, sqlState: field("C"), message.isEmpty ? "no reason given" : message)
    }

    private static func oneLine(_ text: String, without password: String?) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(500)
        guard let password, !password.isEmpty else { return String(line) }
        return String(line).split(separator: password, omittingEmptySubsequences: false).joined(separator: "***")
    }
}

extension PostgreSQLFailure {
    /// The server's last words before it ended the connection.
    var asLoss: PostgreSQLFailure {
        PostgreSQLFailure(.connection, sqlState: sqlState, message)
    }
}

/// What the server said besides its answers. libpq writes that to stderr unless it is told otherwise.
final class NoticeBox {
    var warning: String?
}

func receiveNotice(_ box: UnsafeMutableRawPointer?, _ result: OpaquePointer?) {
    guard let box, let result, let severity = PQresultErrorField(result, Int32(UInt8(ascii: "V"))),
        String(cString: severity) == "WARNING"
    else { return }
    let message = PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { String(cString: $0) } ?? ""
    Unmanaged<NoticeBox>.fromOpaque(box).takeUnretainedValue().warning = message
}
