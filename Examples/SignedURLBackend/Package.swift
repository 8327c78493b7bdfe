// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "SignedURLBackend",
    platforms: [.macOS(.v15)],
    dependencies: [
        // In a package of your own, with the repository's URL and the newest version:
        // .package(url: "https://github.com/…/stream-signing", from: "1.0.0", traits: []),
        .package(name: "stream-signing", path: "../..", traits: []),
        // A small HTTP server without dependencies; any other does as well.
        .package(url: "https://github.com/swhitty/FlyingFox", .upToNextMinor(from: "0.27.1")),
    ],
    targets: [
        .executableTarget(
            name: "SignedURLBackend",
            dependencies: [
                .product(name: "StreamSigning", package: "stream-signing"),
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
            ]
        )
    ]
)
