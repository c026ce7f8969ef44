import Foundation

/// The lab that `scripts/lab` has made: a real Active Directory domain on a loopback address.
package struct LabEnvironment: Sendable {
  private let values: [String: String]

  /// The lab described by the file that ADPROV_LAB_ENV names, or at the default place; nil when there is none.
  package static let shared: LabEnvironment? = {
    let file = ProcessInfo.processInfo.environment["ADPROV_LAB_ENV"] ?? "/var/tmp/adprov-lab/env"
    return (try? String(contentsOfFile: file, encoding: .utf8)).map(LabEnvironment.init)
  }()

  /// Whether tests that need a lab run. Where one is demanded they run, and fail, without it too.
  package static var isUsable: Bool { shared != nil || isDemanded }

  package static var isDemanded: Bool {
    let environment = ProcessInfo.processInfo.environment
    return environment["CI"] == "true" || environment["ADPROV_REQUIRE_LAB"] == "1"
  }

  package static let absence = "there is no lab; make one with: scripts/lab/lab.sh up"

  package static func required() throws -> LabEnvironment {
    guard let shared else { throw LabError(message: absence) }
    return shared
  }

  /// - Parameter text: lines KEY=VALUE, without any quoting.
  init(_ text: String) {
    values = Dictionary(
      text.split(separator: "\n").compactMap { line in
        line.firstIndex(of: "=").map { (String(line[..<$0]), String(line[line.index(after: $0)...])) }
      },
      uniquingKeysWith: { $1 }
    )
  }

  package subscript(key: String) -> String {
    get throws {
      guard let value = values[key] else { throw LabError(message: "the lab's env file has no \(key)") }
      return value
    }
  }

  /// Of the file that the key names, which ends without a line feed.
  package func password(_ key: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: try self[key])))
  }
}

package struct LabError: Error, CustomStringConvertible {
  package let message: String
  package var description: String { message }
}
