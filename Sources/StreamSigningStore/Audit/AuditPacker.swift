internal import StreamSigning

/// Writes the events of an ``AuditSegment``.
///
/// The form: the byte 1; then for each event a number that says who did what from where (0 for a combination that follows,
/// as four texts, and gets the next number), the distance of its time from the one before in microseconds, and its subject.
/// Numbers are in groups of seven bits, the lowest first, and all but the last group have the high bit set; those that may be
/// negative are folded (0, -1, 1, -2, …).
struct AuditPacker {
    /// What comes first in a subject.
    enum SubjectForm {
        static let none: UInt64 = 0
        /// Bytes follow, which are hexadecimal in the event.
        static let hexadecimal: UInt64 = 1
        /// A text follows.
        static let text: UInt64 = 2
        /// The number minus this one says how many events ago the same subject was.
        static let repeated: UInt64 = 2
    }

    static let version: UInt8 = 1

    private(set) var bytes: [UInt8] = [AuditPacker.version]
    // By bytes, because two texts that Unicode calls equivalent are two texts to the log.
    private var circumstances: [[UInt8]: UInt64] = [:]
    private var subjects: [[UInt8]: Int] = [:]
    private var count = 0
    private var time: Int64 = 0

    mutating func append(_ event: AuditEvent) {
        var new: [UInt8] = []
        for text in [event.action.rawValue, event.account?.rawValue, event.actor, event.address] {
            Self.append(text.map { Array($0.utf8) }, to: &new)
        }
        append(circumstances: new)
        let distance = event.time.microseconds &- time
        append(UInt64(bitPattern: distance << 1 ^ distance >> 63))
        time = event.time.microseconds
        append(subject: event.subject.map { Array($0.utf8) })
        count += 1
    }

    private mutating func append(circumstances new: [UInt8]) {
        if let number = circumstances[new] { return append(number) }
        circumstances[new] = UInt64(circumstances.count) + 1
        append(0)
        bytes += new
    }

    private mutating func append(subject: [UInt8]?) {
        guard let subject else { return append(SubjectForm.none) }
        if let earlier = subjects.updateValue(count, forKey: subject) {
            append(SubjectForm.repeated + UInt64(count - earlier))
        } else if let raw = Hex.decode(subject) {
            append(SubjectForm.hexadecimal)
            append(UInt64(raw.count))
            bytes += raw
        } else {
            append(SubjectForm.text)
            Self.append(subject, to: &bytes)
        }
    }

    private mutating func append(_ number: UInt64) {
        Self.append(number, to: &bytes)
    }

    /// The number of bytes and 1, or 0 for no text.
    private static func append(_ text: [UInt8]?, to bytes: inout [UInt8]) {
        guard let text else { return append(0, to: &bytes) }
        append(UInt64(text.count) + 1, to: &bytes)
        bytes += text
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
