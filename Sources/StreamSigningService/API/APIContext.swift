#if Service
    import Hummingbird
    import NIOCore

    /// What Hummingbird tells of a request's connection.
    struct APIContext: RequestContext {
        var coreContext: CoreRequestContextStorage
        let remoteAddress: SocketAddress?

        init(source: ApplicationRequestContextSource) {
            coreContext = .init(source: source)
            remoteAddress = source.channel.remoteAddress
        }
    }
#endif
