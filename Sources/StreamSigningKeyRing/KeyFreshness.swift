/// When the keys were last known to be the store's, and for how long that is good.
package struct KeyFreshness: Sendable {
    package let confirmed: ContinuousClock.Instant
    /// nil if keys are good for any time.
    package let maximumAge: Duration?

    /// Whether a deletion may have gone unnoticed for too long.
    package func isStale(at now: @autoclosure () -> ContinuousClock.Instant) -> Bool {
        guard let maximumAge else { return false }
        return now() - confirmed > maximumAge
    }
}
