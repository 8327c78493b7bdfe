#if !Service
    #error("this needs the trait Service; without it, name a product: swift build --product streamsign")
#endif
