import Testing

@testable import StreamSigningHTTP

@Suite("An order of arrival")
struct ArrivalOrderTests {
    @Test("keeps the order, whoever leaves", arguments: [1, 2, 3])
    func order(leaving: Int) {
        var order = ArrivalOrder<Int>()
        for number in 1...3 { order.append(number) }
        order.remove(leaving)
        order.remove(leaving)
        var seen: [Int] = []
        while let first = order.first {
            seen.append(first)
            order.remove(first)
        }
        #expect(seen == [1, 2, 3].filter { $0 != leaving })
        #expect(order.isEmpty && order.count == 0)
        order.append(4)
        #expect(order.first == 4)
    }

    @Test("looks at no more than it is told, and puts what does not match at the end")
    func search() {
        var order = ArrivalOrder<Int>()
        for number in 1...5 { order.append(number) }
        #expect(order.first(of: 2) { $0 == 3 } == nil)
        #expect(order.first == 3)
        #expect(order.first(of: 2) { $0 == 4 } == 4)
        #expect(order.first == 4)
        #expect(order.first(of: 100) { $0 > 5 } == nil)
        #expect(order.first == 4 && order.count == 5)
    }

    @Test("ranks by number, and by arrival among equals")
    func ranking() {
        var ranking = Ranking<String>()
        #expect(ranking.highest == nil)
        ranking.move("a", from: 0, to: 1)
        ranking.move("b", from: 0, to: 1)
        #expect(ranking.highest == "a")
        ranking.move("b", from: 1, to: 2)
        #expect(ranking.highest == "b")
        ranking.move("a", from: 1, to: 2)
        #expect(ranking.highest == "b")
        ranking.move("b", from: 2, to: 1)
        #expect(ranking.highest == "a")
        ranking.move("a", from: 2, to: 0)
        ranking.move("b", from: 1, to: 0)
        #expect(ranking.highest == nil)
    }
}
