/// The members of a JSON object, each as written, so that one can be changed and the others stay the same.
///
/// Reads what has been read strictly before; of anything else it makes an object without members.
struct JSONMembers {
    private var members: [(name: String, value: String)] = []
    /// As it was read, until something is changed.
    private var source: String?

    init(objectText text: String) {
        source = text
        for member in Self.split(Array(text.utf8), at: UInt8(ascii: ","), depth: 1) {
            let parts = Self.split(member, at: UInt8(ascii: ":"), depth: 0)
            guard parts.count == 2 else { continue }
            members.append((Self.trim(parts[0], of: " \t\r\n\""), Self.trim(parts[1], of: " \t\r\n")))
        }
    }

    /// The object's text.
    var text: String {
        source ?? "{" + members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    /// The JSON text of a value, added after the others if it is new; nil removes it.
    subscript(name: String) -> String? {
        get { members.first { $0.name == name }?.value }
        set {
            source = nil
            let index = members.firstIndex { $0.name == name }
            switch (newValue, index) {
            case (let value?, let index?): members[index].value = value
            case (let value?, nil): members.append((name, value))
            case (nil, _): members.removeAll { $0.name == name }
            }
        }
    }

    /// Adds a member even where there is one of that name.
    mutating func append(_ name: String, _ value: String) {
        source = nil
        members.append((name, value))
    }

    /// The parts between separators at this depth of nesting, outside of strings.
    private static func split(_ text: [UInt8], at separator: UInt8, depth wanted: Int) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        var part: [UInt8] = []
        var depth = 0
        var isInString = false
        var isEscaped = false
        for byte in text {
            if isInString {
                isInString = byte != UInt8(ascii: "\"") || isEscaped
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    depth += 1
                    if depth == wanted { continue }
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    if depth < wanted { continue }
                case separator where depth == wanted:
                    parts.append(part)
                    part = []
                    continue
                default: break
                }
            }
            part.append(byte)
        }
        return parts + [part]
    }

    private static func trim(_ bytes: [UInt8], of characters: String) -> String {
        let isTrimmed = { (byte: UInt8) in characters.utf8.contains(byte) }
        let start = bytes.drop(while: isTrimmed)
        let count = (start.lastIndex { !isTrimmed($0) } ?? start.startIndex - 1) + 1 - start.startIndex
        return String(decoding: start.prefix(count), as: UTF8.self)
    }
}

extension String {
    /// The text as a JSON string. For text without control characters, such as a key id.
    var json: String {
        let escaped = map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
        return "\"\(escaped)\""
    }
}
