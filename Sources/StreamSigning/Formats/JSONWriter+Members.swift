/// Members with a value of a common type. Nothing is written for nil.
extension JSONWriter {
    package mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        self.name(name)
        string(text)
    }

    /// A time in RFC 3339.
    package mutating func member(_ name: StaticString, _ time: NumericDate?) {
        member(name, time?.description)
    }

    package mutating func member(_ name: StaticString, _ value: Bool) {
        self.name(name)
        boolean(value)
    }

    package mutating func member(_ name: StaticString, _ number: Int) {
        self.name(name)
        raw(String(number))
    }
}
