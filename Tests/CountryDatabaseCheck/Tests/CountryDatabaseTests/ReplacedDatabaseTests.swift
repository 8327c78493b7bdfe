import Foundation
import StreamSigning
import StreamSigningCountries
import Testing

@Suite("A database of countries that is replaced")
struct ReplacedDatabaseTests {
    private let address: IPAddress
    private let old: Data
    private let new: Data

    init() throws {
        address = try Fixture.address("192.0.2.1")
        old = try Fixture.countries.bytes()
        new = try Fixture.newer.bytes()
    }

    @Test("is read again, once")
    func replaced() throws {
        let file = try ScratchFile(old)
        let countries = try CountryDatabaseFile(path: file.path)
        #expect(try !countries.refresh())
        try file.replace(with: new)
        #expect(countries.database.country(of: address) == .gb, "nobody has looked")
        #expect(try countries.refresh())
        #expect(countries.database.country(of: address) == .de)
        #expect(try !countries.refresh())
    }

    @Test("is read again if it was written to in its place")
    func overwritten() throws {
        let file = try ScratchFile(old)
        let countries = try CountryDatabaseFile(path: file.path)
        let before = countries.database
        try file.overwrite(with: new)
        #expect(before.country(of: address) == .gb)
        #expect(try countries.refresh())
        #expect(countries.database.country(of: address) == .de)
        #expect(before.country(of: address) == .gb, "who has it still asks what it was")
    }

    @Test("does not feel that its file is emptied")
    func emptied() throws {
        let file = try ScratchFile(old)
        let database = try CountryDatabase(path: file.path)
        try file.overwrite(with: Data())
        #expect(database.country(of: address) == .gb)
    }

    @Test("stays what it was if the new file is no good or not there, and says so once")
    func replacedByNothing() throws {
        let file = try ScratchFile(old)
        let countries = try CountryDatabaseFile(path: file.path)
        try file.replace(with: new.prefix(100))
        #expect(throws: InvalidCountryDatabase.self) { try countries.refresh() }
        #expect(try !countries.refresh())
        #expect(countries.database.country(of: address) == .gb)
        try FileManager.default.removeItem(at: file.url)
        #expect(throws: InvalidCountryDatabase.self) { try countries.refresh() }
        #expect(try !countries.refresh())
        #expect(countries.database.country(of: address) == .gb)
        try file.replace(with: new)
        #expect(try countries.refresh())
        #expect(countries.database.country(of: address) == .de)
    }
}
