/// Lays out a JSON text that has already been found valid, changing nothing but its white space and writing what would
/// steer a terminal as escapes.
enum IndentedJSON {
    static func text(_ json: String) -> String {
        var text = ""
        var depth = 0
        var isInString = false
        var isEscaped = false
        var previous: Unicode.Scalar?
        for scalar in json.unicodeScalars {
            if isInString {
                text += scalar.isSteering ? escape(scalar) : String(scalar)
                isInString = scalar != "\"" || isEscaped
                isEscaped = scalar == "\\" && !isEscaped
                continue
            }
            switch scalar {
            case " ", "\t", "\n", "\r":
                continue
            case "{", "[":
                if previous == "{" || previous == "[" { text += line(depth) }
                text.unicodeScalars.append(scalar)
                depth += 1
            case "}", "]":
                depth -= 1
                if previous != "{", previous != "[" { text += line(depth) }
                text.unicodeScalars.append(scalar)
            case ",":
                text += "," + line(depth)
            case ":":
                text += ": "
            default:
                if previous == "{" || previous == "[" { text += line(depth) }
                text.unicodeScalars.append(scalar)
                isInString = scalar == "\""
            }
            previous = scalar
        }
        return text
    }

    /// The same on one line.
    static func compact(_ json: String) -> String {
        var text = ""
        var isInString = false
        var isEscaped = false
        for scalar in json.unicodeScalars {
            guard isInString || ![" ", "\t", "\n", "\r"].contains(scalar) else { continue }
            text += isInString && scalar.isSteering ? escape(scalar) : String(scalar)
            if scalar == "\"", !isEscaped { isInString.toggle() }
            isEscaped = isInString && scalar == "\\" && !isEscaped
        }
        return text
    }

    private static func line(_ depth: Int) -> String {
        "\n" + String(repeating: "  ", count: depth)
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }
}
