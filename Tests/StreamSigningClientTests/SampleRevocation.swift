import StreamSigning

/// A revocation as the service writes it.
struct SampleRevocation: Sendable {
    var id = "9f86d081884c7d659a2feaa0c55ad015"
    var subject = #""viewer":"user-4711","issuedBefore":"2027-01-15T08:00:00Z""#
    var until = "2027-01-22T08:00:00Z"
    var reason: String?

    var json: String {
        let reason = reason.map { #","reason":"\#($0)""# } ?? ""
        return #"{"id":"\#(id)",\#(subject),"until":"\#(until)","created":"2027-01-15T08:00:00Z"\#(reason)}"#
    }

    static func token(_ number: Int) -> SampleRevocation {
        let digits = String(number)
        let id = String(repeating: "0", count: 32 - digits.utf8.count) + digits
        return SampleRevocation(id: id, subject: #""token":"t\#(number)""#)
    }

    /// The answer to a list.
    static func page(_ revocations: [SampleRevocation], after: String? = nil, isPartial: Bool = false) -> Reply {
        let cursor = after.map { #""after":"\#($0)""# } ?? ""
        let result = revocations.map(\.json).joined(separator: ",")
        return Reply(
            200,
            """
            {"result":[\(result)],"success":true,"errors":[],"messages":[],\
            "result_info":{"count":\(revocations.count),"cursors":{\(cursor)}\(isPartial ? #","partial":true"# : "")}}
            """)
    }
}
