/// Elements by a number that each of them has; 0 is the same as not to be there.
struct Ranking<Element: Hashable> {
    private var byNumber: [Int: ArrivalOrder<Element>] = [:]
    /// No element has a higher number.
    private var bound = 0

    /// An element with the highest number: of several, the one that has had it for longest.
    var highest: Element? { byNumber[bound]?.first }

    /// Gives an element another number.
    mutating func move(_ element: Element, from old: Int, to new: Int) {
        guard old != new else { return }
        if old > 0 {
            byNumber[old]?.remove(element)
            if byNumber[old]?.isEmpty == true { byNumber[old] = nil }
        }
        if new > 0 { byNumber[new, default: ArrivalOrder()].append(element) }
        bound = max(bound, new)
        while bound > 0, byNumber[bound] == nil { bound -= 1 }
    }
}
