// The one place that chooses between the C libraries: whoever imports this room imports the platform's.
@_exported public import CFileStatus

#if canImport(Glibc)
    @_exported public import Glibc
#elseif canImport(Musl)
    @_exported public import Musl
#else
    @_exported public import Darwin
#endif
