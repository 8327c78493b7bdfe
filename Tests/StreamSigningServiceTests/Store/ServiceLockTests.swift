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

    private func isUnavailable(in directory: DataDirectory) -> Bool {
        if case .unavailable = ServiceLock.attempt(in: directory) { true } else { false }
    }

    @Test("is one service's at a time, and free again when it is given back")
    func turns() throws {
        do {
            let first = ServiceLock.attempt(in: directory)
            guard case .locked = first else {
                Issue.record("not locked: \(first)")
                return
            }
            #expect(isTaken())
            withExtendedLifetime(first) {}
        }
        #expect(!isTaken())
        var status = file_status()
        #expect(file_status_at("\(folder.path)/serve.lock", &status) == 0 && status.permissions == 0o600)
    }

    @Test("is none where there is no folder, or a link in the place of its file")
    func unavailable() throws {
        #expect(isUnavailable(in: DataDirectory("\(folder.path)/none")))
        #expect(symlink("/dev/null", "\(folder.path)/serve.lock") == 0)
        #expect(isUnavailable(in: directory))
    }
}
