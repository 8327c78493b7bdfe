internal import FoundationEssentials
package import StreamSigning

/// Time and chance, which tests replace.
package struct Pauses: Sendable {
    package var now: @Sendable () -> NumericDate = { NumericDate(Date()) }
    package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    /// Returns when an attempt has taken too long.
    package var deadline: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    /// 0 to 1.
    package var chance: @Sendable () -> Double = { .random(in: 0..<1) }

    package init() {}
}
