/// Elements in the order in which they came. Any of them can leave, in constant time.
struct ArrivalOrder<Element: Hashable> {
    private struct Links {
        var previous: Element?
        var next: Element?
    }

    private var links: [Element: Links] = [:]
    /// The one that came first.
    private(set) var first: Element?
    private var last: Element?

    var isEmpty: Bool { links.isEmpty }
    var count: Int { links.count }

    /// Adds an element that is not there yet.
    mutating func append(_ element: Element) {
        links[element] = Links(previous: last)
        if let last { links[last]?.next = element } else { first = element }
        last = element
    }

    /// Removes an element, if it is there.
    mutating func remove(_ element: Element) {
        guard let link = links.removeValue(forKey: element) else { return }
        if let previous = link.previous { links[previous]?.next = link.next } else { first = link.next }
        if let next = link.next { links[next]?.previous = link.previous } else { last = link.previous }
    }

    /// Looks at the first elements, and puts those that do not match at the end.
    /// - Parameter limit: how many to look at.
    /// - Returns: the first that matches; it stays where it is.
    mutating func first(of limit: Int, where matches: (Element) -> Bool) -> Element? {
        for _ in 0..<min(limit, count) {
            guard let element = first else { return nil }
            if matches(element) { return element }
            remove(element)
            append(element)
        }
        return nil
    }
}
