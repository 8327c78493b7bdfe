import StreamSigning

/// Reads what ``AuditPacker`` writes, and nothing else.
struct AuditUnpacker {
    /// What is the same for many events.
    private struct Circumstances {
        let action: AuditEvent.Action
        let account: AccountID?
        let actor: String
        let address: String?
    }

    private var rest: ArraySlice<UInt8>
    private var circumstances: [Circumstances] = []
    private var subjects: [String?] = []
    private var time: Int64 = 0

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// All events.
    /// - Throws: ``StoreError``: `corrupt`.
    mutating func events() throws(StoreError) -> [AuditEvent] {
        guard rest.popFirst() == AuditPacker.version else { throw .unreadable }
        var events: [AuditEvent] = []
        while !rest.isEmpty { events.append(try event()) }
        return events
    }

    private mutating func event() throws(StoreError) -> AuditEvent {
        let circumstances = try nextCircumstances()
        let folded = try number()
        let distance = Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
        time &+= distance
        let subject = try subject()
        subjects.append(subject)
        return AuditEvent(
            time: NumericDate(microseconds: time), action: circumstances.action, account: circumstances.account,
            subject: subject, actor: circumstances.actor, address: circumstances.address)
    }

    private mutating func nextCircumstances() throws(StoreError) -> Circumstances {
        let number = try number()
        guard number == 0 else {
            guard number <= circumstances.count else { throw .unreadable }
            return circumstances[Int(number) - 1]
        }
        guard let action = try text().flatMap({ AuditEvent.Action(rawValue: $0) }) else { throw .unreadable }
        let account = try text()
        let id = account.flatMap { AccountID($0) }
        guard account == nil || id != nil, let actor = try text() else { throw .unreadable }
        let new = Circumstances(action: action, account: id, actor: actor, address: try text())
        circumstances.append(new)
        return new
    }

    private mutating func subject() throws(StoreError) -> String? {
        let form = try number()
        switch form {
        case AuditPacker.SubjectForm.none: return nil
        case AuditPacker.SubjectForm.hexadecimal: return Hex.encode(Array(try take(try number())))
        case AuditPacker.SubjectForm.text:
            guard let text = try text() else { throw .unreadable }
            return text
        default:
            let distance = form - AuditPacker.SubjectForm.repeated
            guard distance <= subjects.count, let subject = subjects[subjects.count - Int(distance)] else {
                throw .unreadable
            }
            return subject
        }
    }

    private mutating func text() throws(StoreError) -> String? {
        let count = try number()
        guard count > 0 else { return nil }
        guard let text = String(validating: try take(count - 1), as: UTF8.self) else { throw .unreadable }
        return text
    }

    private mutating func take(_ count: UInt64) throws(StoreError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw .unreadable }
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }

    private mutating func number() throws(StoreError) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            guard let byte = rest.popFirst() else { throw .unreadable }
            let bits = UInt64(byte & 0x7F)
            guard (bits << shift) >> shift == bits else { throw .unreadable }
            number |= bits << shift
            if byte & 0x80 == 0 { return number }
        }
        throw .unreadable
    }
}
