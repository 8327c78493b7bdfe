// swift-tools-version: 6.2
import PackageDescription

let client: TargetDependencyCondition? = .when(traits: ["Client"])
let service: TargetDependencyCondition? = .when(traits: ["Service"])
let postgreSQL: TargetDependencyCondition? = .when(traits: ["PostgreSQL"])
let maxMindDB: TargetDependencyCondition? = .when(traits: ["MaxMindDB"])

let package = Package(
    name: "stream-signing",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "StreamSigning", targets: ["StreamSigning"]),
        .library(name: "StreamSigningTesting", targets: ["StreamSigningTesting"]),
        .library(name: "StreamSigningClient", targets: ["StreamSigningClient"]),
        .library(name: "StreamSigningCountries", targets: ["StreamSigningCountries"]),
        .library(name: "StreamSigningService", targets: ["StreamSigningService"]),
        .library(name: "StreamSigningStoreTesting", targets: ["StreamSigningStoreTesting"]),
        // `streamsign` is not listed: the root package gets its executable anyway, and an embedder who
        // resolves this package is spared the command line's dependencies.
    ],
    traits: [
        .trait(name: "Client", description: "The API client, on AsyncHTTPClient."),
        .trait(name: "Service", description: "The key service and the gate, on swift-nio and SQLite."),
        .trait(
            name: "PostgreSQL", description: "The key service on PostgreSQL, for several nodes.",
            enabledTraits: ["Service"]),
        .trait(name: "MaxMindDB", description: "Countries of viewers from a MaxMind DB file, read by libmaxminddb."),
        .default(enabledTraits: ["Client", "Service", "PostgreSQL"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.20.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    // A room is a target, so that the compiler keeps the arrows: each depends on rooms above it in this list alone.
    // A trait is a condition at a target's edges. With a trait off, name a product to build: `--product streamsign`.
    targets: [
        .systemLibrary(
            name: "COpenSSL",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        .target(
            name: "COpenSSLShim",
            dependencies: ["COpenSSL"],
            cSettings: [.define("OPENSSL_API_COMPAT", to: "30000"), .define("OPENSSL_NO_DEPRECATED")],
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]
        ),
        .target(name: "CPlatform"),
        .target(name: "CPostgreSQL", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .systemLibrary(
            name: "CMaxMindDB",
            pkgConfig: "libmaxminddb",
            providers: [.apt(["libmaxminddb-dev"]), .brew(["libmaxminddb"])]
        ),
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
        ),
        .target(name: "StreamSigningPlatform", dependencies: ["CPlatform"]),
        .target(name: "StreamSigning", dependencies: ["COpenSSLShim", "StreamSigningPlatform"]),
        .target(name: "StreamSigningFiles", dependencies: ["StreamSigning", "StreamSigningPlatform"]),
        .target(name: "StreamSigningWire", dependencies: ["StreamSigning"]),
        .target(
            name: "StreamSigningCountries",
            dependencies: [
                "StreamSigning", "StreamSigningPlatform",
                .target(name: "CMaxMindDB", condition: maxMindDB),
            ]
        ),
        .target(
            name: "StreamSigningClient",
            dependencies: [
                "StreamSigning", "StreamSigningPlatform", "StreamSigningWire",
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: client),
                .product(name: "NIOCore", package: "swift-nio", condition: client),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: client),
                .product(name: "NIOPosix", package: "swift-nio", condition: client),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: client),
            ]
        ),
        .target(
            name: "StreamSigningThreads",
            dependencies: [
                "StreamSigningPlatform",
                .product(name: "NIOCore", package: "swift-nio", condition: service),
                .product(name: "NIOPosix", package: "swift-nio", condition: service),
            ]
        ),
        .target(
            name: "StreamSigningStore",
            dependencies: [
                "StreamSigning", "StreamSigningFiles", "StreamSigningPlatform", "StreamSigningThreads",
                .product(name: "Logging", package: "swift-log", condition: service),
            ]
        ),
        .target(
            name: "StreamSigningSQLite",
            dependencies: [
                "StreamSigning", "StreamSigningFiles", "StreamSigningStore",
                .product(name: "GRDB", package: "GRDB.swift", condition: service),
            ]
        ),
        .target(
            name: "StreamSigningPostgreSQL",
            dependencies: [
                "CPostgreSQL", "StreamSigning", "StreamSigningPlatform", "StreamSigningStore", "StreamSigningThreads",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio", condition: postgreSQL),
                .product(name: "NIOPosix", package: "swift-nio", condition: postgreSQL),
            ]
        ),
        .target(
            name: "StreamSigningKeyRing",
            dependencies: [
                "StreamSigning", "StreamSigningStore", "StreamSigningThreads", "StreamSigningWire",
                .product(name: "Logging", package: "swift-log", condition: service),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: service),
            ]
        ),
        .target(
            name: "StreamSigningHTTP",
            dependencies: [
                "StreamSigning", "StreamSigningPlatform", "StreamSigningThreads",
                .product(name: "Logging", package: "swift-log", condition: service),
                .product(name: "NIOCore", package: "swift-nio", condition: service),
                .product(name: "NIOExtras", package: "swift-nio-extras", condition: service),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: service),
                .product(name: "NIOPosix", package: "swift-nio", condition: service),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: service),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: service),
            ]
        ),
        .target(
            name: "StreamSigningPages",
            dependencies: [
                "StreamSigning", "StreamSigningHTTP",
                .product(name: "NIOHTTP1", package: "swift-nio", condition: service),
            ],
            resources: [.embedInCode("Assets")]
        ),
        .target(
            name: "StreamSigningGate",
            dependencies: [
                "StreamSigning", "StreamSigningHTTP", "StreamSigningKeyRing", "StreamSigningPages",
                "StreamSigningPlatform", "StreamSigningStore", "StreamSigningThreads",
                .target(name: "CZlib", condition: service),
                .target(name: "StreamSigningCountries", condition: maxMindDB),
                .product(name: "Logging", package: "swift-log", condition: service),
                .product(name: "NIOCore", package: "swift-nio", condition: service),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: service),
                .product(name: "NIOPosix", package: "swift-nio", condition: service),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: service),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: service),
            ]
        ),
        .target(
            name: "StreamSigningFedGate",
            dependencies: [
                "StreamSigning", "StreamSigningGate", "StreamSigningHTTP", "StreamSigningKeyRing", "StreamSigningStore",
                "StreamSigningThreads", "StreamSigningWire",
                .target(name: "StreamSigningClient", condition: client),
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: client),
                .product(name: "Logging", package: "swift-log", condition: client),
                .product(name: "NIOCore", package: "swift-nio", condition: client),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: client),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: client),
            ]
        ),
        .target(
            name: "StreamSigningOperations",
            dependencies: [
                "StreamSigning", "StreamSigningKeyRing", "StreamSigningStore", "StreamSigningThreads",
                "StreamSigningWire",
                .product(name: "Logging", package: "swift-log", condition: service),
                .product(name: "NIOCore", package: "swift-nio", condition: service),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: service),
            ]
        ),
        .target(
            name: "StreamSigningAPI",
            dependencies: [
                "StreamSigning", "StreamSigningGate", "StreamSigningHTTP", "StreamSigningKeyRing",
                "StreamSigningOperations", "StreamSigningPages", "StreamSigningStore", "StreamSigningThreads",
                "StreamSigningWire",
                .product(name: "Logging", package: "swift-log", condition: service),
                .product(name: "NIOCore", package: "swift-nio", condition: service),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: service),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: service),
            ],
            exclude: ["openapi.json"]
        ),
        .target(
            name: "StreamSigningService",
            dependencies: [
                "StreamSigning",
                .target(name: "StreamSigningAPI", condition: service),
                .target(name: "StreamSigningFedGate", condition: client),
                .target(name: "StreamSigningGate", condition: service),
                .target(name: "StreamSigningHTTP", condition: service),
                .target(name: "StreamSigningKeyRing", condition: service),
                .target(name: "StreamSigningOperations", condition: service),
                .target(name: "StreamSigningPostgreSQL", condition: postgreSQL),
                .target(name: "StreamSigningSQLite", condition: service),
                .target(name: "StreamSigningStore", condition: service),
                .product(name: "Logging", package: "swift-log", condition: service),
                .product(name: "NIOCore", package: "swift-nio", condition: service),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: service),
            ]
        ),
        .target(name: "StreamSigningTesting", dependencies: ["StreamSigning"]),
        .target(
            name: "StreamSigningStoreTesting",
            dependencies: ["StreamSigning", "StreamSigningStore"]
        ),
        .target(
            name: "StreamSigningCommandLine",
            dependencies: [
                "StreamSigning", "StreamSigningFiles", "StreamSigningPlatform", "StreamSigningWire",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .target(
            name: "StreamSigningRemote",
            dependencies: [
                "StreamSigning", "StreamSigningCommandLine", "StreamSigningFiles",
                .target(name: "StreamSigningClient", condition: client),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "streamsign",
            dependencies: [
                "StreamSigningCommandLine", "StreamSigningPlatform",
                .target(name: "StreamSigningRemote", condition: client),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "streamsign-service",
            dependencies: [
                "StreamSigning", "StreamSigningCommandLine", "StreamSigningPlatform",
                .target(name: "StreamSigningClient", condition: client),
                .target(name: "StreamSigningRemote", condition: client),
                .target(name: "StreamSigningService", condition: service),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log", condition: service),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: service),
                .product(name: "UnixSignals", package: "swift-service-lifecycle", condition: service),
            ]
        ),
        .target(
            name: "CSoftwareMultiBuffer", dependencies: ["COpenSSL", "COpenSSLShim"], path: "Tests/CSoftwareMultiBuffer"
        ),
        .target(name: "COpenSSLVerdict", dependencies: ["COpenSSL"], path: "Tests/COpenSSLVerdict"),
        .testTarget(
            name: "StreamSigningTests",
            dependencies: [
                "COpenSSLShim", "COpenSSLVerdict", "CSoftwareMultiBuffer", "StreamSigning", "StreamSigningTesting",
            ],
            resources: [.copy("Vectors"), .copy("Peers")]),
        .testTarget(name: "StreamSigningTestingTests", dependencies: ["StreamSigning", "StreamSigningTesting"]),
        .testTarget(
            name: "StreamSigningServiceTests",
            dependencies: [
                "StreamSigning", "StreamSigningAPI", "StreamSigningFedGate", "StreamSigningFiles", "StreamSigningGate",
                "StreamSigningHTTP", "StreamSigningKeyRing", "StreamSigningOperations", "StreamSigningPages",
                "StreamSigningPostgreSQL", "StreamSigningSQLite", "StreamSigningService", "StreamSigningStore",
                "StreamSigningStoreTesting", "StreamSigningTesting", "StreamSigningThreads", "StreamSigningWire",
                .product(name: "GRDB", package: "GRDB.swift", condition: service),
                .product(name: "Logging", package: "swift-log", condition: service),
                .product(name: "NIOCore", package: "swift-nio", condition: service),
                .product(name: "NIOEmbedded", package: "swift-nio", condition: service),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: service),
                .product(name: "NIOPosix", package: "swift-nio", condition: service),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: service),
            ],
            resources: [.copy("Store/Version1")]
        ),
        .testTarget(name: "StreamSignCLITests", resources: [.copy("Scripts")]),
        .testTarget(
            name: "StreamSigningClientTests",
            dependencies: [
                "StreamSigning", "StreamSigningClient", "StreamSigningTesting", "StreamSigningWire",
                .product(name: "NIOCore", package: "swift-nio", condition: client),
                .product(name: "NIOPosix", package: "swift-nio", condition: client),
            ]
        ),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c17
)

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]
for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings = (target.swiftSettings ?? []) + strict
}
