#if !Client
    #error("this needs the trait Client; without it, name a product: swift build --product streamsign")
#endif
