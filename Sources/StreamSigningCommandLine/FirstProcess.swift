internal import StreamSigningPlatform

/// The first process of a container, for which the system drops every signal that has no handler.
enum FirstProcess {
    /// Lets TERM and INT wait until there are handlers for them, from the first moment on, and also in a program that replaces
    /// this one. In any other process they end it until then, as everywhere.
    static func keepStops() {
        guard getpid() == 1 else { return }
        var stops = sigset_t()
        sigemptyset(&stops)
        sigaddset(&stops, SIGTERM)
        sigaddset(&stops, SIGINT)
        pthread_sigmask(SIG_BLOCK, &stops, nil)
    }
}
