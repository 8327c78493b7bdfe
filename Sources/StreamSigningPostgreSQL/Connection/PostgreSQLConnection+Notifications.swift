internal import CPostgreSQL
import StreamSigningPlatform

extension PostgreSQLConnection {
    /// Waits for a notification; those that came with it are taken too.
    func receivesNotification(within duration: Duration) throws(PostgreSQLFailure) -> Bool {
        if takesNotifications() { return true }
        do throws(PostgreSQLFailure) {
            try wait(POLLIN, by: Deadline(after: duration))
        } catch {
            guard error.kind != .late else { return false }
            throw error
        }
        guard PQconsumeInput(handle) == 1, PQstatus(handle) == CONNECTION_OK else {
            throw Self.failure(.connection, handle, address)
        }
        return takesNotifications()
    }

    private func takesNotifications() -> Bool {
        var isAny = false
        while let notification = PQnotifies(handle) {
            PQfreemem(notification)
            isAny = true
        }
        return isAny
    }

    /// Blocks the thread.
    static func pause(_ duration: Duration) {
        _ = poll(nil, 0, Deadline(after: duration).pollTimeout)
    }
}
