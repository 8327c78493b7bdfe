/// Ends the process, which libFuzzer takes for a finding, unless the property holds.
/// - Parameter meaning: what is broken, for whoever reads the log.
@inline(__always)
public func require(_ holds: @autoclosure () throws -> Bool, _ meaning: @autoclosure () -> String) rethrows {
    guard try holds() else { violated(meaning()) }
}

/// Runs what must not fail, and ends the process if it does.
@discardableResult
public func requireSuccess<Value>(_ meaning: @autoclosure () -> String, _ body: () throws -> Value) -> Value {
    do {
        return try body()
    } catch {
        violated("\(meaning()): \(error)")
    }
}

private func violated(_ meaning: String) -> Never {
    fatalError("property violated: \(meaning)")
}
