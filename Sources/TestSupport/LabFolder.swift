/// An organizational unit of one test's own in the lab's directory, so that tests do not see each other's objects.
package struct LabFolder: Sendable {
  package let administrator: LabAdministrator
  package let name: String

  /// Makes it, lends it and deletes it with all that is in it.
  package static func with<Result>(
    _ lab: LabEnvironment,
    _ body: (LabFolder) async throws -> Result
  ) async throws -> Result {
    let folder = LabFolder(
      administrator: LabAdministrator(lab),
      name: "OU=test-\(String(UInt32.random(in: 0 ... .max), radix: 36)),\(try lab["LAB_BASE_DN"])"
    )
    try folder.administrator.modify(
      """
      dn: \(folder.name)
      changetype: add
      objectClass: organizationalUnit

      """
    )
    do {
      let result = try await body(folder)
      try folder.administrator.deleteTree(folder.name)
      return result
    } catch {
      try? folder.administrator.deleteTree(folder.name)
      throw error
    }
  }

  /// The DN of what has this RDN in the folder.
  package func place(_ relativeName: String) -> String { "\(relativeName),\(name)" }

  /// - Parameter attributes: lines of LDIF.
  package func addUser(_ commonName: String, _ attributes: [String] = []) throws {
    try add(
      "CN=\(commonName)",
      ["objectClass: user", "sAMAccountName: \(accountName(commonName))", "userAccountControl: 544"] + attributes
    )
  }

  package func addGroup(_ commonName: String, _ attributes: [String] = []) throws {
    try add("CN=\(commonName)", ["objectClass: group", "sAMAccountName: \(accountName(commonName))"] + attributes)
  }

  package func addUnit(_ unitName: String) throws {
    try add("OU=\(unitName)", ["objectClass: organizationalUnit"])
  }

  package func add(_ relativeName: String, _ lines: [String]) throws {
    try administrator.modify(
      (["dn: \(place(relativeName))", "changetype: add"] + lines).joined(separator: "\n") + "\n"
    )
  }

  /// - Parameter lines: LDIF after the `changetype`, such as `replace: title`.
  package func change(_ relativeName: String, _ lines: [String]) throws {
    try administrator.modify(
      (["dn: \(place(relativeName))", "changetype: modify"] + lines).joined(separator: "\n") + "\n"
    )
  }

  package func delete(_ relativeName: String) throws {
    try administrator.modify("dn: \(place(relativeName))\nchangetype: delete\n")
  }

  /// Renames, or moves when there is a new parent.
  package func rename(_ relativeName: String, to newName: String, below parent: String? = nil) throws {
    let superior = parent.map { "newsuperior: \($0)\n" } ?? ""
    try administrator.modify(
      "dn: \(place(relativeName))\nchangetype: moddn\nnewrdn: \(newName)\ndeleteoldrdn: 1\n\(superior)"
    )
  }

  /// Unique in the domain, as AD demands, and within the 20 characters that it allows.
  package func accountName(_ commonName: String) -> String {
    let prefix = name.prefix { $0 != "," }.dropFirst("OU=test-".count)
    return "\(prefix)-\(commonName.filter { $0.isASCII && $0.isLetter || $0.isNumber })".prefix(20).lowercased()
  }
}
