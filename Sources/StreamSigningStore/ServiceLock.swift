import StreamSigningPlatform

/// Tells one service that runs on a data folder of another. It ends with its owner, or with the process, however that ends.
package final class ServiceLock: Sendable {
    /// What became of an attempt.
    package enum Attempt: Sendable {
        case locked(ServiceLock)
        /// Another service has it.
        case taken
        /// There can be none: the folder is read-only, or its file system has no locks.
        case unavailable
    }

    private let descriptor: Int32

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Takes the lock if it is free. Its file stays when it is given back.
    package static func attempt(in directory: DataDirectory) -> Attempt {
        let path = "\(directory.path)/serve.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return .unavailable }
        let lock = ServiceLock(descriptor)
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return .locked(lock) }
        return errno == EWOULDBLOCK ? .taken : .unavailable
    }
}
