import Foundation
import NIOHTTP1
import StreamSigningStoreTesting
import StreamSigningWire
import Testing

@testable import StreamSigningAPI
@testable import StreamSigningHTTP
@testable import StreamSigningOperations
@testable import StreamSigningStore

@Suite("The OpenAPI document")
struct OpenAPITests {
    @Test("has the operations of the API, and no others")
    func operations() throws {
        let account = try #require(AccountID("a"))
        let routes: [APIRoute] = [
            .createKey(account), .listKeys(account), .showKey(account, "b"), .updateKey(account, "b"),
            .deleteKey(account, "b"), .deleteUnusedKey(account, "b"), .createToken(account, "b"),
            .addRevocations(account), .listRevocations(account), .showRevocation(account, "b"),
            .liftRevocation(account, "b"), .jwks(account), .explain(account), .feed, .beginSession, .reportUses,
            .inspector, .asset("b"), .health, .readiness, .metrics,
        ]
        let expected = Set(routes.map { "\(method(of: $0).rawValue) \($0.template)" })
        #expect(expected.count == routes.count)
        #expect(try OpenAPIDocument().operations == expected)
    }

    /// A new case does not compile here: it belongs into the list above, and into the document.
    private func method(of route: APIRoute) -> HTTPMethod {
        switch route {
        case .listKeys, .showKey, .listRevocations, .showRevocation, .jwks, .feed, .inspector, .asset, .health,
            .readiness, .metrics:
            .GET
        case .createKey, .createToken, .addRevocations, .explain, .beginSession, .reportUses: .POST
        case .updateKey: .PATCH
        case .deleteKey, .deleteUnusedKey, .liftRevocation: .DELETE
        }
    }

    @Test("has the methods that each path takes", arguments: HTTPMethod.known)
    func methods(_ method: HTTPMethod) throws {
        let operations = try OpenAPIDocument().operations
        let templates = Set(operations.compactMap { $0.split(separator: " ").last.map(String.init) })
        for template in templates {
            let documented = Set(
                HTTPMethod.known.map(\.rawValue).filter { operations.contains("\($0) \(template)") })
            // Wherever GET is taken HEAD is too, which the document says once.
            let taken = documented.contains("GET") ? documented.union(["HEAD"]) : documented
            let path = template.replacing("{account_id}", with: "a").replacing("{identifier}", with: "b")
                .replacing("{name}", with: "b")
            switch APIRoute.match(method, path: path[...]) {
            case .route(let route):
                #expect(taken.contains(method.rawValue) && route.template == template, "\(method) \(path)")
            case .methodNotAllowed(let allowed):
                let names = Set(allowed.split(separator: ", ").map(String.init))
                #expect(!taken.contains(method.rawValue) && names == taken, "\(method) \(path)")
            case .notFound:
                Issue.record("\(method) \(path) is documented, but no route")
            }
        }
    }

    @Test("has every error code, with the status it comes with")
    func codes() throws {
        let path = OpenAPIDocument.sources.appending(path: "StreamSigningWire/APICode.swift")
        let source = try String(contentsOf: path, encoding: .utf8)
        let codes = source.matches(of: #/= APICode\(rawValue: (\d+)\)/#)
        let described = source.matches(
            of: #/\/\/\/ (\d{3}): [^\n]*\n\s*public static let \w+ = APICode\(rawValue: (\d+)\)/#)
        #expect(codes.count == described.count, "each code begins its comment with its status")
        #expect(try OpenAPIDocument().failures == Set(described.map { "\($0.output.1) \($0.output.2)" }))
    }

    @Test("has the failures that the API makes")
    func failures() throws {
        let documented = try OpenAPIDocument().failures
        let errors: [APIError] = [
            .unauthenticated, .notAuthorized, .notFound, .unavailable, .badRequest("wrong"), .noRoute("/"),
        ]
        let refusals = ServiceError.Code.allCases.map { APIError(ServiceError($0, "no")) }
        let problems = HTTPProblem.allCases.map { APIError($0, bodyLimit: 1) }
        for error in errors + refusals + problems {
            for message in error.errors {
                #expect(documented.contains("\(error.status.code) \(message.code)"))
            }
        }
    }
}

extension HTTPMethod {
    fileprivate static let known: [HTTPMethod] = [
        .GET, .HEAD, .POST, .PUT, .PATCH, .DELETE, .OPTIONS, .TRACE, .CONNECT,
    ]
}
