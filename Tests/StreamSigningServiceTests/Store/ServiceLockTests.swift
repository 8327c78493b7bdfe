import StreamSigningPlatform
import Testing

@testable import StreamSigningStore

@Suite("The lock of a service on its data folder")
struct ServiceLockTests {
    private let folder: ScratchFolder
    private var directory: DataDirectory { DataDirectory(folder.path) }

    init() throws {
        folder = try ScratchFolder()
    }

    private func isTaken() -> Bool {
        if case .taken = ServiceLock.attempt(in: directory) { true } else { false }
    }

    @Test("is one service's at a time, and free again when it is given back")
    func turns() throws {
        do {
            let first = ServiceLock.attempt(in: directory)
            guard case .locked = first else { return Issue.record("not locked: \(first)") }
            #expect(isTaken())
            withExtendedLifetime(first) {}
        }
        #expect(!isTaken())
        var status = file_status()
        #expect(file_status_at("\(folder.path)/serve.lock", &status) == 0 && status.permissions == 0o600)
    }

    @Test("is none where there is no folder, or a link in the place of its file")
    func unavailable() throws {
        guard case .unavailable = ServiceLock.attempt(in: DataDirectory("\(folder.path)/none")) else {
            return Issue.record("a lock in a folder that is not there")
        }
        #expect(symlink("/dev/null", "\(folder.path)/serve.lock") == 0)
        guard case .unavailable = ServiceLock.attempt(in: directory) else { return Issue.record("a link was followed") }
    }
}
