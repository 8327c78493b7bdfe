import Foundation
import StreamSigningStoreTesting
import Testing

/// `openapi.json`, as far as it is compared with the code.
struct OpenAPIDocument {
    /// `POST /client/v4/…` for every operation.
    private(set) var operations: Set<String> = []
    /// `404 10003` for every error code that a failure of an operation may carry.
    private(set) var failures: Set<String> = []
    private let root: [String: Any]

    init() throws {
        let data = try Data(contentsOf: Self.sources.appending(path: "StreamSigningAPI/openapi.json"))
        root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let paths = try #require(root["paths"] as? [String: [String: Any]])
        for (path, item) in paths {
            for (method, operation) in item where method != "parameters" {
                operations.insert("\(method.uppercased()) \(path)")
                let operation = try #require(operation as? [String: Any])
                try readFailures(try #require(operation["responses"] as? [String: [String: Any]]))
            }
        }
    }

    /// The folder `Sources` of this package.
    static var sources: URL {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root.appending(path: "Sources")
    }

    /// A failure narrows the codes of its envelope: `allOf` the envelope and `errors[].code` in `enum`.
    private mutating func readFailures(_ responses: [String: [String: Any]]) throws {
        for (status, response) in responses {
            guard let reference = response["$ref"] as? String else { continue }
            let place = reference.split(separator: "/").dropFirst().map(String.init)
            let schema = member(place + ["content", "application/json", "schema"], of: root) as? [String: Any]
            let parts = try #require(schema?["allOf"] as? [[String: Any]], "\(reference)")
            let codes = parts.compactMap {
                member(["properties", "errors", "items", "properties", "code", "enum"], of: $0) as? [Int]
            }
            #expect(codes.count == 1, "\(reference)")
            failures.formUnion(codes.joined().map { "\(status) \($0)" })
        }
    }

    private func member(_ path: [String], of value: Any) -> Any? {
        path.reduce(value) { value, name in (value as? [String: Any])?[name] }
    }
}
