/// Rules as tokens carry them (Stream: "Secure your Stream", access rules). Anything unknown or malformed is refused: a rule
/// that is half understood would let in viewers whom it was meant to block. A member that is null or an empty list says nothing,
/// and counts as absent: other signers write every member of their own type.
extension AccessRule {
    static let maximumWhenSigning = 5
    static let maximumWhenVerifying = 100

    package struct Malformed: Error {
        package let reason: String
        /// Which rule, counted from 0; nil for the list as a whole.
        package var index: Int?
    }

    package static func readAll(_ value: JSONValue) throws(Malformed) -> [AccessRule] {
        guard let elements = value.elements else { throw Malformed(reason: "accessRules is not an array") }
        guard elements.count <= maximumWhenVerifying else {
            throw Malformed(reason: "there are \(elements.count) rules, more than \(maximumWhenVerifying)")
        }
        var rules: [AccessRule] = []
        rules.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            do {
                rules.append(try read(element))
            } catch {
                throw Malformed(reason: "rule \(index + 1): \(error.reason)", index: index)
            }
        }
        return rules
    }

    private static func read(_ value: JSONValue) throws(Malformed) -> AccessRule {
        guard value.kind == .object else { throw Malformed(reason: "not an object") }
        guard let type = value["type"] else { throw Malformed(reason: "it has no type") }
        guard let action = value["action"] else { throw Malformed(reason: "it has no action") }
        guard action.isString("allow") || action.isString("block") else {
            throw Malformed(reason: "its action is neither allow nor block")
        }
        let viewers: Viewers
        var members = 2
        if type.isString("any") {
            viewers = .any
        } else if type.isString("ip.src") {
            viewers = .addresses(try readList(value["ip"], "ip", IPNetwork.parse))
            members += 1
        } else if type.isString("ip.geoip.country") {
            viewers = .countries(try readList(value["country"], "country") { CountryCode(anyLetters: $0) })
            members += 1
        } else {
            throw Malformed(reason: "its type is not any, ip.src or ip.geoip.country")
        }
        var found = 0
        value.forEachMember { _, member in
            if member.kind != .null, member.elements?.isEmpty != true { found += 1 }
        }
        guard found == members else { throw Malformed(reason: "it has a member that its type does not have") }
        return AccessRule(action: action.isString("allow") ? .allow : .block, viewers: viewers)
    }

    private static func readList<Element>(
        _ value: JSONValue?, _ name: StaticString, _ parse: (UnsafeBufferPointer<UInt8>) -> Element?
    ) throws(Malformed) -> [Element] {
        guard let elements = value?.elements, !elements.isEmpty else {
            throw Malformed(reason: "its \(name) is not a list with something in it")
        }
        var list: [Element] = []
        list.reserveCapacity(elements.count)
        for element in elements {
            guard let parsed = element.withStringBytes(parse) ?? nil else {
                throw Malformed(reason: "its \(name) has an entry that is not one")
            }
            list.append(parsed)
        }
        return list
    }

    /// Members in the order of Stream's examples: type, action, then the list.
    package func write(into writer: inout JSONWriter) {
        writer.object {
            $0.name("type")
            $0.string(type)
            $0.name("action")
            $0.string(action.rawValue)
            switch viewers {
            case .any:
                break
            case .addresses(let networks):
                $0.name("ip")
                $0.array { list in
                    for network in networks { list.string(network.description) }
                }
            case .countries(let countries):
                $0.name("country")
                $0.array { list in
                    for country in countries { list.string(country.description) }
                }
            }
        }
    }

    private var type: String {
        switch viewers {
        case .any: "any"
        case .addresses: "ip.src"
        case .countries: "ip.geoip.country"
        }
    }
}
