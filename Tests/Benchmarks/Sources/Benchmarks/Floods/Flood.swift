internal import Foundation
internal import Synchronization

/// Requests sent at a pace, from before a measurement until it is stopped. So many wait for their answers at once that slow
/// answers do not slow the flood down.
final class Flood: Sendable {
    static let perSecond = 200
    private static let threads = 48

    private let requests: [ExpensiveRequests.Request]
    private let port: UInt16
    private let start = ContinuousClock.now
    private let next = Atomic<Int>(0)
    private let isOver = Atomic<Bool>(false)
    private let finished = DispatchSemaphore(value: 0)
    private let statuses = Mutex<[Int: Int]>([:])

    /// Begins.
    init(of requests: ExpensiveRequests, to port: UInt16) {
        self.requests = requests.all
        self.port = port
        for _ in 0..<Self.threads {
            Thread.detachNewThread { [self] in
                run()
                finished.signal()
            }
        }
    }

    /// Ends it.
    /// - Returns: how many answers there were of each status; 0 stands for none.
    func stop() -> [Int: Int] {
        isOver.store(true, ordering: .relaxed)
        for _ in 0..<Self.threads { finished.wait() }
        return statuses.withLock { $0 }
    }

    private func run() {
        // Each account has connections of its own: a connection says its account's credential.
        var connections: [String: HTTPConnection] = [:]
        while !isOver.load(ordering: .relaxed) {
            let number = next.add(1, ordering: .relaxed).oldValue
            let due = start + .seconds(Double(number) / Double(Self.perSecond))
            while ContinuousClock.now < due, !isOver.load(ordering: .relaxed) {
                Thread.sleep(forTimeInterval: min(0.05, max(0, (due - ContinuousClock.now).inSeconds)))
            }
            guard !isOver.load(ordering: .relaxed) else { return }
            let request = requests[number % requests.count]
            do {
                let connection =
                    try connections[request.account.secret]
                    ?? HTTPConnection(to: port, as: request.account, timeout: .seconds(2))
                connections[request.account.secret] = connection
                note(try connection.exchange("POST", request.path, body: request.body).status)
            } catch {
                connections[request.account.secret] = nil
                note(0)
            }
        }
    }

    private func note(_ status: Int) {
        statuses.withLock { $0[status, default: 0] += 1 }
    }
}
