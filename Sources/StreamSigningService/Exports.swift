// These targets are not products of their own: code that imports the service gets the types of its interface with it.
@_exported public import StreamSigningAPI
@_exported public import StreamSigningGate
@_exported public import StreamSigningHTTP
@_exported public import StreamSigningOperations
@_exported public import StreamSigningSQLite
@_exported public import StreamSigningStore

#if Client
    @_exported public import StreamSigningFedGate
#endif
#if PostgreSQL
    @_exported public import StreamSigningPostgreSQL
#endif
