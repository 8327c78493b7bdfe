import Synchronization

/// Another form of a text, which is made once, when somebody wants it.
final class LateForm: Sendable {
    private let form: @Sendable () -> Representation
    private let made = Mutex<Representation?>(nil)

    /// - Parameter form: takes a while.
    init(_ form: @escaping @Sendable () -> Representation) {
        self.form = form
    }

    /// The form if it is there.
    var known: Representation? { made.withLock { $0 } }

    /// Takes a while the first time.
    func make() -> Representation {
        if let known { return known }
        let form = form()
        made.withLock { $0 = form }
        return form
    }
}
