// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "stream-signing",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "StreamSigning", targets: ["StreamSigning"]),
        .library(name: "StreamSigningTesting", targets: ["StreamSigningTesting"]),
        // `streamsign` is not listed: the root package gets its executable anyway, and an embedder who
        // resolves this package is spared the command line's dependencies.
    ],
    // Nothing is optional yet. It is declared because SwiftPM refuses `traits: []`, which an embedder of the core writes,
    // on a package that declares no traits.
    traits: [.default(enabledTraits: [])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
    ],
    targets: [
        .systemLibrary(
            name: "COpenSSL",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        .target(
            name: "COpenSSLShim",
            dependencies: ["COpenSSL"],
            cSettings: [.define("OPENSSL_API_COMPAT", to: "30000"), .define("OPENSSL_NO_DEPRECATED")]
        ),
        .target(name: "StreamSigning", dependencies: ["COpenSSLShim"]),
        .target(name: "StreamSigningTesting", dependencies: ["StreamSigning"]),
        .executableTarget(
            name: "streamsign",
            dependencies: [
                "StreamSigning",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .testTarget(
            name: "StreamSigningTests", dependencies: ["StreamSigning", "StreamSigningTesting"],
            resources: [.copy("Vectors"), .copy("Peers")]),
        .testTarget(name: "StreamSigningTestingTests", dependencies: ["StreamSigning", "StreamSigningTesting"]),
        .testTarget(name: "StreamSignCLITests", resources: [.copy("Scripts")]),
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
