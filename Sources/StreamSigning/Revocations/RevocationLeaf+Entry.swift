extension RevocationLeaf {
    /// A revocation in 32 bytes, without its texts.
    struct Entry {
        let id: RevocationID
        /// ``created`` from the year 1 on, in the upper 39 bits, and the seconds from then to ``until``, in the lower 25.
        private let times: UInt64
        /// Of the subject.
        let hash: UInt32
        private let start: UInt32

        private static let lifetimeBits = 25

        init(_ revocation: Revocation, hash: UInt32, textStart: Int) {
            id = revocation.id
            // At most 366 days and what rounding adds, and at most the years 1 to 9999: nothing is lost.
            let lifetime = UInt64(revocation.until.seconds - revocation.created.seconds)
            let created = UInt64(revocation.created.seconds - NumericDate.earliest.seconds)
            times = created << Self.lifetimeBits | lifetime
            self.hash = hash
            start = UInt32(textStart)
        }

        /// The same with its texts elsewhere.
        init(_ entry: Entry, textStart: Int) {
            id = entry.id
            times = entry.times
            hash = entry.hash
            start = UInt32(textStart)
        }

        /// In whole seconds since 1970, as ``until``.
        var created: Int64 { Int64(times >> Self.lifetimeBits) + NumericDate.earliest.seconds }

        var until: Int64 { created + Int64(times & (1 << Self.lifetimeBits - 1)) }

        /// Where its texts begin.
        var textStart: Int { Int(start) }
    }

    /// From when on an entry spares what is signed.
    struct Moment {
        /// A whole second since 1970.
        let issuedBefore: Int64
        /// The index of the entry with the latest ``issuedBefore`` among those of the same subject up to this one.
        var strongest: UInt32 = 0
    }
}
