import Foundation
import StreamSigning
import StreamSigningCountries
import Testing

/// The databases that `Fixtures/make.py` makes.
enum Fixture: String {
    case countries, newer, networks
    case onlyIPv4 = "ipv4"

    func bytes() throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path()))
    }

    func database() throws -> CountryDatabase {
        try CountryDatabase(path: path())
    }

    func path() throws -> String {
        try #require(Bundle.module.url(forResource: "Fixtures/\(rawValue)", withExtension: "mmdb")).path
    }

    static func address(_ text: String) throws -> IPAddress {
        try #require(IPAddress(text))
    }
}
