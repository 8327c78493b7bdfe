import Foundation
import StreamSigning
import StreamSigningCountries
import Testing

@Suite("A file that is no database of countries")
struct DamagedDatabaseTests {
    private func refusal(_ content: Data) throws -> String? {
        let file = try ScratchFile(content)
        do throws(InvalidCountryDatabase) {
            _ = try CountryDatabase(path: file.path)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test("is refused if it is not there, or no file")
    func noFile() throws {
        let reasons = try ["/nonexistent/countries.mmdb", "/dev/null", FileManager.default.temporaryDirectory.path].map
        {
            path in
            try #require(throws: InvalidCountryDatabase.self) { try CountryDatabase(path: path) }.reason
        }
        #expect(reasons == ["no such file or directory", "not a regular file", "not a regular file"])
    }

    @Test("is refused if it is about something else")
    func otherType() throws {
        let reason = try #require(try refusal(Fixture.networks.bytes()))
        #expect(reason == "it is of the type 'GeoLite2-ASN', which has no countries")
    }

    @Test("is refused if it is something else, or nothing")
    func noDatabase() throws {
        for content in [Data(), Data("192.0.2.0/24 GB;\n".utf8), Data(repeating: 0, count: 1 << 20)] {
            #expect(try refusal(content)?.hasPrefix("not a MaxMind DB file, or damaged: ") == true)
        }
    }

    @Test("is refused if its end is cut off")
    func truncated() throws {
        let whole = try Fixture.countries.bytes()
        // The metadata stands at the end, and without any byte of it there is none.
        for count in stride(from: whole.count - 1, to: 0, by: -7) {
            #expect(try refusal(whole.prefix(count)) != nil, "\(count) bytes")
        }
    }

    /// What a damaged file says may be wrong, but nothing is read that is not the file's.
    @Test("never ends the process", arguments: 0..<16)
    func damaged(_ seed: Int) throws {
        let whole = try Fixture.countries.bytes()
        let addresses = try ["192.0.2.1", "198.51.100.1", "203.0.113.225", "2001:db8:1::1", "::1", "255.255.255.255"]
            .map(Fixture.address)
        var opened = 0
        for index in stride(from: seed, to: whole.count, by: 16) {
            for change in [0x00, 0xFF, whole[index] ^ 0x01, whole[index] ^ 0x80] as [UInt8] {
                var content = whole
                content[index] = change
                let file = try ScratchFile(content)
                guard let database = try? CountryDatabase(path: file.path) else { continue }
                opened += 1
                for address in addresses { _ = database.country(of: address) }
            }
        }
        #expect(opened > 0, "most of the file is not metadata")
    }
}
