#if !PostgreSQL
    #error("StreamSigningPostgreSQL needs the trait PostgreSQL; without it, name what to build: swift build --product streamsign")
#endif
