// swift-tools-version: 6.2
import PackageDescription

// A package of its own: its targets leave `main` to libFuzzer and link with nothing but the flags of scripts/fuzz.
let targets = ["FuzzPEM", "FuzzJWK", "FuzzToken", "FuzzURL", "FuzzBatch"]

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "stream-signing", path: "../..")],
    targets: [
        .systemLibrary(
            name: "CLibcrypto",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        .target(name: "CReferenceSigner", dependencies: ["CLibcrypto"]),
        .target(
            name: "Properties",
            dependencies: ["CReferenceSigner", .product(name: "StreamSigning", package: "stream-signing")]
        ),
    ]
        + targets.map {
            .executableTarget(
                name: $0,
                dependencies: ["Properties", .product(name: "StreamSigning", package: "stream-signing")]
            )
        },
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
