// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that what is measured against never reaches those who embed the library.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "stream-signing", path: "../.."),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibcrypto",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        .target(name: "CRawRSA", dependencies: ["CLibcrypto"]),
        .target(name: "CAllocationCount", dependencies: ["CLibcrypto"]),
        .target(name: "CProcessorAffinity"),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "CRawRSA",
                "CAllocationCount",
                "CProcessorAffinity",
                .product(name: "StreamSigning", package: "stream-signing"),
                .product(name: "StreamSigningService", package: "stream-signing"),
                .product(name: "JWTKit", package: "jwt-kit"),
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
