#if !Service
    #error("StreamSigningHTTP needs the trait Service; without it, name what to build: swift build --product streamsign")
#endif
