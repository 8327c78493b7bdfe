import StreamSigning
import Testing

/// Access rules written as their descriptions, `allow country GB, IE`, so that a table of them is a table of text.
enum RuleText {
    static func rules(_ texts: [String]) throws -> [AccessRule] {
        try texts.map { text in
            let words = text.split(separator: " ", maxSplits: 2).map(String.init)
            let action = try #require(words.first.flatMap(AccessRule.Action.init))
            let viewers = try viewers(words.dropFirst().first, words.count > 2 ? words[2] : "")
            let rule = action == .allow ? AccessRule.allow(viewers) : .block(viewers)
            #expect(rule.description == text)
            return rule
        }
    }

    private static func viewers(_ type: String?, _ list: String) throws -> AccessRule.Viewers {
        let items = list.split(separator: ", ").map(String.init)
        switch type {
        case "any": return .any
        case "ip": return .addresses(try items.map { try IPNetwork($0) })
        default:
            #expect(type == "country")
            return .countries(try items.map { try CountryCode($0) })
        }
    }
}
