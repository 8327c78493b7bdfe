/// A value that is stored out of line and shared by its copies: it takes one word where it is held, however large it is.
final class Boxed<Value: Sendable & Hashable>: Sendable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }
}

extension Boxed: Hashable {
    static func == (left: Boxed, right: Boxed) -> Bool {
        left.value == right.value
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(value)
    }
}
