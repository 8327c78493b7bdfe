package import StreamSigning

/// The object around every answer: `{"result":…,"success":…,"errors":[…],"messages":[…]}`.
package enum Envelope {
    /// A success.
    /// - Parameters:
    ///   - result: writes exactly one value.
    ///   - information: writes the value of `result_info`, which a list has that comes in pages.
    package static func success(
        messages: [APIMessage] = [], result: (inout JSONWriter) -> Void,
        information: ((inout JSONWriter) -> Void)? = nil
    ) -> [UInt8] {
        write(isSuccess: true, errors: [], messages: messages, result: result, information: information)
    }

    /// A failure, whose `result` is null.
    package static func failure(_ errors: [APIMessage], messages: [APIMessage] = []) -> [UInt8] {
        write(isSuccess: false, errors: errors, messages: messages) { $0.raw("null") }
    }

    private static func write(
        isSuccess: Bool, errors: [APIMessage], messages: [APIMessage], result: (inout JSONWriter) -> Void,
        information: ((inout JSONWriter) -> Void)? = nil
    ) -> [UInt8] {
        var writer = JSONWriter(reserving: 1024)
        writer.object { envelope in
            envelope.name("result")
            result(&envelope)
            envelope.member("success", isSuccess)
            envelope.name("errors")
            envelope.array { list in
                for error in errors { error.write(into: &list) }
            }
            envelope.name("messages")
            envelope.array { list in
                for message in messages { message.write(into: &list) }
            }
            guard let information else { return }
            envelope.name("result_info")
            information(&envelope)
        }
        return writer.bytes
    }
}
