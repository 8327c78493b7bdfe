#if !Client
    #error("StreamSigningClient needs the trait Client; without it, name what to build: swift build --product streamsign")
#endif
