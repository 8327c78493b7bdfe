internal import Logging
internal import StreamSigning
internal import StreamSigningCommandLine

/// Writes log lines for people, or as JSON objects.
struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    let isJSON: Bool
    let lines: LogLines

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        var line = isJSON ? json(event, fields) : text(event, fields)
        line.append(UInt8(ascii: "\n"))
        lines.append(line)
    }

    private func text(_ event: LogEvent, _ fields: [(key: String, value: Logger.MetadataValue)]) -> [UInt8] {
        let suffix = fields.map { " \($0.key)=\("\($0.value)".printable)" }.joined()
        return Array("\(Clock.now) \(event.level) \("\(event.message)".printable)\(suffix)".utf8)
    }

    private func json(_ event: LogEvent, _ fields: [(key: String, value: Logger.MetadataValue)]) -> [UInt8] {
        var writer = JSONWriter(reserving: 256)
        writer.object { object in
            object.member("time", Clock.now)
            object.member("level", event.level.rawValue)
            object.member("message", "\(event.message)")
            for (key, value) in fields {
                object.name(computed: key)
                object.string("\(value)")
            }
        }
        return writer.bytes
    }
}

extension ServeSettings {
    /// The logger of the service.
    func logger(writingTo lines: LogLines) -> Logger {
        Logger(label: "streamsign") { _ in
            LineLogHandler(logLevel: logLevel, isJSON: logFormat == .json, lines: lines)
        }
    }
}
