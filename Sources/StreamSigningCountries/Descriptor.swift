internal import StreamSigningPlatform

/// An open file, closed with its owner.
struct Descriptor: ~Copyable {
    let number: CInt

    /// - Parameter number: what a system call has just returned.
    init(_ number: CInt) throws(InvalidCountryDatabase) {
        guard number >= 0 else { throw InvalidCountryDatabase(errno: errno) }
        self.number = number
    }

    deinit {
        close(number)
    }
}

extension InvalidCountryDatabase {
    /// What the system says of an `errno`.
    init(errno code: CInt) {
        self.init(SystemError.text(code))
    }
}
