@testable import ActiveDirectory
import LDAP
import Model

extension FuzzTarget {
  static let netlogonAnswer = FuzzTarget("netlogon-answer", maximumSize: 512) { input in
    guard let answer = NetlogonAnswer(input.bytes) else { return }
    for site in [answer.controllerSite, answer.clientSite] {
      require(site.utf8.count <= 255, "a name is bounded")
      require(
        site.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F },
        "a name has no control characters"
      )
    }
    guard let sites = written(answer.controllerSite).flatMap({ first in written(answer.clientSite).map { first + $0 } })
    else { return }
    let bytes = [25, 0, 0, 0] + littleEndian(answer.flags) + [UInt8](repeating: 0, count: 16 + 6) + sites
    require(NetlogonAnswer(bytes) == answer, "the written form reads as the same answer")
  }

  /// Nil for a name with a label that none could be in DNS, as when a stranger's label had dots in it.
  private static func written(_ name: String) -> [UInt8]? {
    let labels = name.isEmpty ? [] : name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard !labels.contains(where: \.isEmpty) else { return nil }
    return labels.flatMap { [UInt8($0.count)] + Array($0) } + [0]
  }

  static let rootEntry = FuzzTarget("root-entry", maximumSize: 512) { input in
    let entry = LDAPEntry(name: [], attributes: FuzzInput.attributes(input.parts[...]))
    let lifetime = DeletionLifetime.of(entry)
    require(lifetime >= .seconds(2 * 86_400) && lifetime <= .seconds(365_000 * 86_400), "a lifetime is a sensible one")
    guard let root = RootEntry(entry) else { return }
    require(root.dnsHostName.isPrintable, "the name fits a line of a log")
    require((0..<Int64.max).contains(root.highestCommittedUSN), "a USN can be counted on")
    require(root.supportedControls.count <= input.bytes.count, "controls are parts of the entry")
  }

  static let domainController = FuzzTarget("domain-controller", maximumSize: 128) { input in
    guard let controller = DomainController(input.text) else { return }
    require(controller.port != 0, "a port is none or a real one")
    require(controller.host.utf8.allSatisfy { (0x21..<0x7F).contains($0) }, "a host is a plain word")
    require(DomainController(controller.description) == controller, "the written form reads as the same controller")
  }
}
