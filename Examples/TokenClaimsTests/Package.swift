// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "TokenClaimsTests",
    platforms: [.macOS(.v15)],
    dependencies: [
        // In a package of your own, with the repository's URL and the newest version:
        // .package(url: "https://github.com/…/stream-signing", from: "1.0.0", traits: []),
        .package(name: "stream-signing", path: "../..", traits: [])
    ],
    targets: [
        .target(
            name: "Entitlements",
            dependencies: [.product(name: "StreamSigning", package: "stream-signing")],
            swiftSettings: strict
        ),
        // The fixed keys are in StreamSigningTesting, which only tests depend on: no program can come to trust them.
        .testTarget(
            name: "EntitlementsTests",
            dependencies: [
                "Entitlements",
                .product(name: "StreamSigning", package: "stream-signing"),
                .product(name: "StreamSigningTesting", package: "stream-signing"),
            ],
            swiftSettings: strict
        ),
    ]
)
