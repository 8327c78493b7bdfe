#if !Client
    #error("StreamSigningFedGate needs the trait Client; without it, name what to build: swift build --product streamsign")
#endif
