import Foundation

/// Changes the lab's directory as its administrator would: with OpenLDAP's tools, over LDAPS.
package struct LabAdministrator: Sendable {
  private let lab: LabEnvironment

  package init(_ lab: LabEnvironment) {
    self.lab = lab
  }

  /// Adds objects and changes them. In LDIF (RFC 2849) with a `changetype` in every record.
  package func modify(_ ldif: String) throws {
    try run("ldapmodify", [], input: ldif)
  }

  /// Deletes the object and all below it.
  package func deleteTree(_ name: String) throws {
    try run("ldapdelete", ["-r", name])
  }

  /// LDIF of what is found below the domain's root.
  package func search(_ filter: String, _ attributes: [String]) throws -> String {
    try run("ldapsearch", ["-LLL", "-o", "ldif-wrap=no", "-b", try lab["LAB_BASE_DN"], filter] + attributes)
  }

  @discardableResult
  private func run(_ tool: String, _ arguments: [String], input: String = "") throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      [
        tool, "-x", "-H", "ldaps://\(try lab["LAB_ADDRESS"])", "-D", try lab["LAB_ADMIN_DN"], "-y",
        try lab["LAB_ADMIN_PASSWORD_FILE"],
      ] + arguments
    var environment = ProcessInfo.processInfo.environment
    environment["LDAPTLS_CACERT"] = try lab["LAB_CA_FILE"]
    process.environment = environment
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, stderr)
    try process.run()
    stdin.fileHandleForWriting.write(Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    // These tools write far less to stderr than a pipe holds, so reading one after the other cannot block.
    let output = stdout.fileHandleForReading.readDataToEndOfFile()
    let complaints = stderr.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw LabError(message: "\(tool) failed: \(String(decoding: complaints, as: UTF8.self))")
    }
    return String(decoding: output, as: UTF8.self)
  }
}
