// swift-tools-version: 6.2

// The parsers of what comes from outside, built for libFuzzer. A package of its own, so that neither the instrumentation
// nor the open access of its targets reaches what ships; `Sources` is a link to the sources of the main package, and only
// the files that parse, with what they need, are compiled. Run it with `make fuzz`.

import PackageDescription

let package = Package(
  name: "fuzzing",
  dependencies: [
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .systemLibrary(name: "CPCRE2", path: "Sources/Language/CPCRE2", pkgConfig: "libpcre2-8"),
    .target(name: "Words", path: "Sources/Language/Words"),
    .target(name: "Patterns", dependencies: ["CPCRE2"], path: "Sources/Language/Patterns"),
    .target(name: "Expressions", dependencies: ["Patterns", "Words"], path: "Sources/Language/Expressions"),
    .target(name: "Model", dependencies: ["Patterns"]),
    .target(name: "Engine", dependencies: ["Model", "Patterns", .product(name: "Logging", package: "swift-log")]),
    .systemLibrary(name: "CLDAP", path: "Sources/Directory/CLDAP", pkgConfig: "ldap"),
    .target(name: "LDAP", dependencies: ["CLDAP"], path: "Sources/Directory/LDAP"),
    .target(
      name: "ActiveDirectory",
      dependencies: ["Engine", "LDAP", "Model", .product(name: "Logging", package: "swift-log")],
      path: "Sources/Directory/ActiveDirectory"
    ),
    .target(
      name: "SCIM",
      dependencies: ["Engine", "Model"],
      path: "Sources/Sink/SCIM",
      sources: [
        "JSONValue.swift", "RemoteResource.swift", "RemoteResource+Held.swift", "RetryAfter.swift", "SCIMPath.swift",
        "String+PercentEncoding.swift", "String+Printable.swift",
      ]
    ),
    .target(
      name: "ControlAPI",
      path: "Sources/Control/API",
      sources: [
        "LogPage.swift", "LogPage+Details.swift", "LogRequest.swift", "LogRequest+Query.swift", "Reset.swift",
        "Reset+Query.swift", "Route.swift", "Route+ConfigurationName.swift", "RunReport.swift",
      ]
    ),
    .target(
      name: "Settings",
      dependencies: ["Model"],
      path: "Sources/Platform/Settings",
      sources: [
        "Problems/Quotation.swift", "Problems/SettingsProblem.swift", "Syntax/ConfigurationName.swift",
        "Syntax/DurationSyntax.swift", "Syntax/HostName.swift", "Syntax/MailAddress.swift",
        "Syntax/TargetPathSyntax.swift", "TOML/DocumentLayout.swift", "TOML/DocumentScanner.swift",
        "TOML/KeyPath.swift", "TOML/TOMLText.swift",
      ]
    ),
    .target(
      name: "LDAPServer",
      dependencies: ["LDAP", .product(name: "SwiftASN1", package: "swift-asn1")],
      path: "Sources/Simulation/LDAPServer/Messages"
    ),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "ActiveDirectory", "ControlAPI", "Engine", "Expressions", "LDAP", "LDAPServer", "Model", "Patterns", "SCIM",
        "Settings", "Words",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
      ],
      path: "Targets",
      // libFuzzer brings the main function.
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]
    ),
  ]
)

for target in package.targets where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
      .strictMemorySafety(),
      .treatAllWarnings(as: .error),
    ]
}
