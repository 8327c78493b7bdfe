// swift-tools-version: 6.2
import PackageDescription

// A package of its own: the trait is off by default, and turning it on for the whole package would build all of that twice.
let package = Package(
    name: "CountryDatabaseCheck",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "stream-signing", path: "../..", traits: ["MaxMindDB"])],
    targets: [
        .testTarget(
            name: "CountryDatabaseTests",
            dependencies: [
                .product(name: "StreamSigning", package: "stream-signing"),
                .product(name: "StreamSigningCountries", package: "stream-signing"),
            ],
            resources: [.copy("Fixtures")],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
            ]
        )
    ]
)
