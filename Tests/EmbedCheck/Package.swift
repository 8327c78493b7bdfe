// swift-tools-version: 6.2
import PackageDescription

// What a program looks like that embeds the library and nothing else; scripts/embed-check looks at what it gets along with it.
let package = Package(
    name: "EmbedCheck",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "stream-signing", path: "../..", traits: [])],
    targets: [
        .executableTarget(
            name: "EmbedCheck",
            dependencies: [.product(name: "StreamSigning", package: "stream-signing")],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
            ]
        )
    ]
)
