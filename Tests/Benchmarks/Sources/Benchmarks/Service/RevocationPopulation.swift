internal import Foundation
internal import StreamSigning

/// Revocations of tokens, a thousand to a request.
enum RevocationPopulation {
    static let batch = 1_000

    /// The body of a request for a thousand revocations of tokens that nobody has.
    static func body() throws -> String {
        let members = try (0..<batch).map { _ in #"{"token":"\#(try TokenTerms.randomID())"}"# }
        return "[\(members.joined(separator: ","))]"
    }

    /// Adds so many thousands to the first account of a service.
    /// - Returns: how many milliseconds each request took.
    static func add(_ thousands: Int, over connection: HTTPConnection) throws -> [Double] {
        try (0..<thousands).map { _ in try connection.time("POST", "revocations", body: body()) }
    }
}
