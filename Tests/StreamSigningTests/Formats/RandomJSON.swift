/// Random documents within the limits, as text: duplicates aside, each is good strict JSON.
struct RandomJSON {
    private(set) var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func document() -> String {
        space() + value(depth: 0) + space()
    }

    private mutating func value(depth: Int) -> String {
        switch Int.random(in: 0..<(depth < 6 ? 9 : 7), using: &random) {
        case 0: "true"
        case 1: "false"
        case 2: "null"
        case 3, 4: number()
        case 5, 6: "\"\(string())\""
        case 7: array(depth: depth)
        default: object(depth: depth)
        }
    }

    private mutating func array(depth: Int) -> String {
        var elements: [String] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            elements.append(space() + value(depth: depth + 1) + space())
        }
        return "[" + elements.joined(separator: ",") + (elements.isEmpty ? space() : "") + "]"
    }

    private mutating func object(depth: Int) -> String {
        var members: [String] = []
        for number in 0..<Int.random(in: 0...16, using: &random) where members.count < 4 || random.once(in: 3) {
            // The number keeps names apart, whatever stands around it.
            members.append("\(space())\"\(string())\(number)\"\(space()):\(space())\(value(depth: depth + 1))")
        }
        return "{" + members.joined(separator: ",") + space() + "}"
    }

    private mutating func number() -> String {
        var text = random.once(in: 2) ? "-" : ""
        text += random.once(in: 4) ? "0" : "\(UInt32.random(in: 1...UInt32.max, using: &random))"
        if random.once(in: 3) { text += ".\(UInt16.random(in: 0...UInt16.max, using: &random))" }
        if random.once(in: 4) { text += ["e", "E+", "e-"][Int.random(in: 0..<3, using: &random)] + "7" }
        return text
    }

    private mutating func string() -> String {
        let pieces = [
            "a", "Z", "~", " ", "é", "€", "😀", "\u{10FFFF}", #"\""#, #"\\"#, #"\/"#, #"\n"#, #"\u0041"#,
            #"\uD83D\uDE00"#,
            #"\u20ac"#, "/", "'", "{", "]", ",", ":",
        ]
        // Ends in a letter, so that a digit behind it belongs to no escape.
        return (0..<Int.random(in: 0...5, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }
            .joined()
    }

    private mutating func space() -> String {
        random.once(in: 4) ? [" ", "\n", "\t", "\r\n "][Int.random(in: 0..<4, using: &random)] : ""
    }
}
