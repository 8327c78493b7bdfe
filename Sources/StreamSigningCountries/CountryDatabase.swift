#if MaxMindDB
    public import StreamSigning
    internal import CMaxMindDB

    internal import StreamSigningPlatform

    /// A MaxMind DB file with the countries of addresses: GeoLite2 or GeoIP2 Country, City or Enterprise, DB-IP Country or City.
    ///
    /// Holds a copy of the file, so that changes to the file do not matter. It is the only owner of its libmaxminddb handle,
    /// which any number of threads may use at once.
    public final class CountryDatabase: @unchecked Sendable {
        private let handle: UnsafeMutablePointer<MMDB_s>
        /// What its maker calls this kind of database, such as `GeoLite2-Country`.
        public let type: String
        /// When it was built.
        public let built: NumericDate

        /// Reads a file.
        /// - Throws: ``InvalidCountryDatabase`` for a file that cannot be read, is damaged, or is about something else.
        public init(path: String) throws(InvalidCountryDatabase) {
            let copy = try PrivateCopy(of: path)
            let handle = UnsafeMutablePointer<MMDB_s>.allocate(capacity: 1)
            let status = MMDB_open(copy.path, UInt32(MMDB_MODE_MMAP), handle)
            guard status == MMDB_SUCCESS else {
                handle.deallocate()
                throw InvalidCountryDatabase("not a MaxMind DB file, or damaged: \(Self.reason(status))")
            }
            self.handle = handle
            let metadata = handle.pointee.metadata
            type = metadata.database_type.map { String(cString: $0) } ?? ""
            built = NumericDate(secondsSince1970: Int64(clamping: metadata.build_epoch))
            // One about networks or languages would answer every question with nothing.
            guard ["country", "city", "enterprise"].contains(where: type.lowercased().contains) else {
                throw InvalidCountryDatabase("it is of the type '\(type.printable)', which has no countries")
            }
        }

        deinit {
            MMDB_close(handle)
            handle.deallocate()
        }

        /// The country that an address is in: `country`, not the one where its network is registered, which may be far away.
        /// - Returns: nil if the file does not say, or if what it says cannot be read.
        public func country(of address: IPAddress) -> CountryCode? {
            var status = MMDB_SUCCESS
            var result = address.withSocketAddress { MMDB_lookup_sockaddr(handle, $0, &status) }
            guard status == MMDB_SUCCESS, result.found_entry else { return nil }
            var code = MMDB_entry_data_s()
            guard MMDB_aget_value(&result.entry, &code, Self.codePath) == MMDB_SUCCESS, code.has_data,
                code.type == UInt32(MMDB_DATA_TYPE_UTF8_STRING), code.data_size == 2, let text = code.utf8_string
            else { return nil }
            // It does not end in a zero.
            let bytes = UnsafeRawBufferPointer(start: text, count: 2)
            return CountryCode(anyLetters: bytes)
        }

        private nonisolated(unsafe) static let codePath: [UnsafePointer<CChar>?] =
            (["country", "iso_code"] as [StaticString]).map {
                UnsafeRawPointer($0.utf8Start).assumingMemoryBound(to: CChar.self)
            } + [nil]

        private static func reason(_ status: CInt) -> String {
            MMDB_strerror(status).map { String(cString: $0).lowercased() } ?? "error \(status)"
        }
    }

    extension String {
        /// At most 64 characters, none of which moves a cursor.
        fileprivate var printable: String {
            String(prefix(64).map { $0.isASCII && $0 >= " " && $0 != "\u{7F}" ? $0 : "?" })
        }
    }
#endif
