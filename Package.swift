// swift-tools-version: 6.2

// Rules of this manifest:
// - One section per area, in the order of docs/architecture.md; every target of an area stands with its tests.
// - Only the two executables are products: all other code is `package` and free to change.
// - A C library has one system-library target, imported by exactly one Swift target.
// - What may depend on what is written down in docs/architecture.md and checked by ArchitectureTests.

import PackageDescription

let package = Package(
  name: "adprov",
  products: [
    .executable(name: "adprovd", targets: ["adprovd"]),
    .executable(name: "adprovctl", targets: ["adprovctl"]),
  ],
  dependencies: [
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // MARK: Language

    .systemLibrary(name: "CPCRE2", path: "Sources/Language/CPCRE2", pkgConfig: "libpcre2-8"),
    .target(name: "Words", path: "Sources/Language/Words"),
    .target(name: "Patterns", dependencies: ["CPCRE2"], path: "Sources/Language/Patterns"),
    .testTarget(name: "PatternsTests", dependencies: ["Patterns"]),
    .target(name: "Expressions", dependencies: ["Patterns", "Words"], path: "Sources/Language/Expressions"),
    .testTarget(name: "ExpressionsTests", dependencies: ["Expressions"]),

    // MARK: Model and Engine

    .target(name: "Model", dependencies: ["Patterns"]),
    .testTarget(name: "ModelTests", dependencies: ["Model", "Patterns"]),

    .target(
      name: "Engine",
      dependencies: ["Model", "Patterns", .product(name: "Logging", package: "swift-log")]
    ),
    .testTarget(name: "EngineTests", dependencies: ["Engine", "Model", "Patterns", "TestSupport"]),

    // MARK: Directory

    .systemLibrary(name: "CLDAP", path: "Sources/Directory/CLDAP", pkgConfig: "ldap"),
    .target(name: "LDAP", dependencies: ["CLDAP"], path: "Sources/Directory/LDAP"),
    .testTarget(name: "LDAPTests", dependencies: ["LDAP"]),
    .target(
      name: "ActiveDirectory",
      dependencies: ["Engine", "LDAP", "Model", .product(name: "Logging", package: "swift-log")],
      path: "Sources/Directory/ActiveDirectory"
    ),
    .testTarget(
      name: "ActiveDirectoryTests",
      dependencies: [
        "ActiveDirectory", "DirectoryTestSupport", "Engine", "LDAP", "Model", "TestSupport",
        .product(name: "Logging", package: "swift-log"),
      ]
    ),

    // MARK: Store

    .target(
      name: "SQLiteStore",
      dependencies: ["Engine", "Model", .product(name: "GRDB", package: "GRDB.swift")],
      path: "Sources/Store/SQLiteStore"
    ),

    // MARK: Sink

    .target(
      name: "SCIM",
      dependencies: ["Engine", "HTTPTransport", "Model"],
      path: "Sources/Sink/SCIM"
    ),
    .testTarget(name: "SCIMTests", dependencies: ["Engine", "HTTPTransport", "Model", "SCIM", "TestSupport"]),
    .target(name: "FileSink", dependencies: ["Engine", "Model"], path: "Sources/Sink/File"),
    .testTarget(name: "FileSinkTests", dependencies: ["Engine", "FileSink", "Model", "TestSupport"]),

    // MARK: Control

    .target(name: "ControlAPI", path: "Sources/Control/API"),
    .target(
      name: "ControlServer",
      dependencies: [
        "ControlAPI",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      path: "Sources/Control/Server"
    ),
    .target(name: "ControlClient", dependencies: ["ControlAPI", "HTTPTransport"], path: "Sources/Control/Client"),
    .testTarget(
      name: "ControlTests",
      dependencies: [
        "ControlAPI", "ControlClient", "ControlServer", "HTTPTransport",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]
    ),

    // MARK: Platform

    .systemLibrary(name: "CCurl", path: "Sources/Platform/CCurl", pkgConfig: "libcurl"),
    .target(name: "HTTPTransport", dependencies: ["CCurl"], path: "Sources/Platform/HTTPTransport"),
    .testTarget(name: "HTTPTransportTests", dependencies: ["HTTPTransport"], exclude: ["Fixtures"]),
    .systemLibrary(name: "CSystemd", path: "Sources/Platform/CSystemd", pkgConfig: "libsystemd"),
    .target(
      name: "Systemd",
      dependencies: ["CSystemd", .product(name: "Logging", package: "swift-log")],
      path: "Sources/Platform/Systemd"
    ),
    .testTarget(name: "SystemdTests", dependencies: ["Systemd", .product(name: "Logging", package: "swift-log")]),
    .target(
      name: "Settings",
      dependencies: ["Model", "Patterns", "Words", .product(name: "TOMLKit", package: "TOMLKit")],
      path: "Sources/Platform/Settings"
    ),
    .testTarget(name: "SettingsTests", dependencies: ["Engine", "Model", "Settings", "TestSupport", "Words"]),

    // MARK: Daemon

    .target(
      name: "Assembly",
      dependencies: [
        "ActiveDirectory", "ControlAPI", "ControlServer", "Engine", "FileSink", "HTTPTransport", "LDAP", "Model",
        "SCIM", "SQLiteStore", "Settings", "Systemd",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      path: "Sources/Daemon/Assembly"
    ),
    .executableTarget(name: "adprovd", dependencies: ["Assembly"], path: "Sources/Daemon/adprovd"),

    // MARK: Command line

    .target(
      name: "Commands",
      dependencies: [
        "ControlAPI", "ControlClient", "HTTPTransport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/CLI/Commands"
    ),
    .testTarget(name: "CommandsTests", dependencies: ["Commands", "ControlAPI", "HTTPTransport"]),
    .executableTarget(name: "adprovctl", dependencies: ["Commands"], path: "Sources/CLI/adprovctl"),

    // MARK: Simulation

    .target(name: "ADSimulator", dependencies: ["Engine", "Model"], path: "Sources/Simulation/ADSimulator"),
    .target(
      name: "SimulatedLDAP",
      dependencies: ["ADSimulator", "LDAP", "Model", .product(name: "SwiftASN1", package: "swift-asn1")],
      path: "Sources/Simulation/SimulatedLDAP"
    ),
    .testTarget(
      name: "ADSimulatorTests",
      dependencies: [
        "ADSimulator", "ActiveDirectory", "Engine", "LDAP", "LDAPServer", "Model", "Oracle", "SimulatedLDAP",
        "Simulation", "TestSupport", .product(name: "Logging", package: "swift-log"),
      ]
    ),
    .target(name: "Oracle", dependencies: ["Model"], path: "Sources/Simulation/Oracle"),
    .target(
      name: "Simulation",
      dependencies: [
        "ADSimulator", "Engine", "Model", "Oracle", "TestSupport", .product(name: "Logging", package: "swift-log"),
      ],
      path: "Sources/Simulation/Simulation"
    ),
    .testTarget(name: "SimulationTests", dependencies: ["ADSimulator", "Model", "Oracle", "Simulation"]),
    .executableTarget(
      name: "adprov-simulate",
      dependencies: ["Simulation", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      path: "Sources/Simulation/adprov-simulate"
    ),
    .target(
      name: "LDAPServer",
      dependencies: [
        "LDAP",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
      ],
      path: "Sources/Simulation/LDAPServer"
    ),
    .testTarget(name: "LDAPServerTests", dependencies: ["LDAP", "LDAPServer", "TestSupport"]),

    // MARK: Tests that span targets

    .target(
      name: "TestSupport",
      dependencies: ["Engine", "Model", .product(name: "Logging", package: "swift-log")]
    ),
    .target(
      name: "DirectoryTestSupport",
      dependencies: [
        "ActiveDirectory", "Engine", "LDAP", "Model", "TestSupport", .product(name: "Logging", package: "swift-log"),
      ]
    ),
    .testTarget(name: "ArchitectureTests"),
    .testTarget(
      name: "ContractTests",
      dependencies: [
        "Engine", "FileSink", "HTTPTransport", "Model", "SCIM", "SQLiteStore", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]
    ),
    .testTarget(
      name: "PitfallTests",
      dependencies: ["ActiveDirectory", "DirectoryTestSupport", "Engine", "LDAP", "Model", "TestSupport"]
    ),
    .testTarget(
      name: "IntegrationTests",
      dependencies: [
        "ActiveDirectory", "DirectoryTestSupport", "Engine", "HTTPTransport", "LDAP", "Model", "SCIM", "TestSupport",
      ]
    ),
    .testTarget(name: "EndToEndTests", dependencies: ["ControlAPI", "ControlClient", "HTTPTransport", "TestSupport"]),
  ]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
  ]
}
