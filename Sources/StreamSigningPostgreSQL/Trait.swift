#if !PostgreSQL
    #error("this needs the trait PostgreSQL; without it, name a product: swift build --product streamsign")
#endif
