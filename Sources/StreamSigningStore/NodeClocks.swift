/// What nodes may count on of each other's clocks.
package enum NodeClocks {
    /// How far they may be apart.
    package static let tolerance: Duration = .seconds(300)
}
