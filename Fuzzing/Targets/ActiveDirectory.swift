@testable import ActiveDirectory
import Engine
import LDAP
import Logging
import Model

extension FuzzTarget {
  static let attributeDescription = FuzzTarget("attribute-description", maximumSize: 128) { input in
    let description = AttributeDescription(input.text)
    guard let range = description.range else { return }
    require(range.lower >= 0, "a range begins at 0 or later")
    require(range.upper.map { $0 >= range.lower && $0 < Int.max } ?? true, "a range ends after its beginning")
    let written = "\(description.name);range=\(range.lower)-\(range.upper.map { "\($0)" } ?? "*")"
    require(AttributeDescription(written) == description, "the written form reads as the same description")
  }

  static let extendedName = FuzzTarget("extended-name") { input in
    guard let name = ExtendedName(input.bytes) else { return }
    require(name.name.unicodeScalars.count <= 500 && name.name.isPrintable, "the name fits a line of a log")
    // A name that begins like a field is none of AD's.
    guard !name.name.hasPrefix("<") else { return }
    let lifetime = name.lifetime.map { "<TTL=\($0.components.seconds)>," } ?? ""
    let again = ExtendedName(Array("\(lifetime)<GUID=\(name.guid)>;\(name.name)".utf8))
    require(again == name, "the written form reads as the same name")
  }

  static let originalName = FuzzTarget("original-name", maximumSize: 256) { input in
    let text = input.text
    let original = EntryReader.originalName(text)
    require(text.utf8.starts(with: original.utf8), "the original name is the beginning of the name")
    require([0, 41].contains(text.utf8.count - original.utf8.count), "only the mark of deletion is taken off")
    let deleted = text + "\nDEL:bf967aba-0de6-11d0-a285-00aa003049e2"
    require(
      text.isEmpty || EntryReader.originalName(deleted).isIdentical(to: text),
      "the mark of deletion is taken off"
    )
  }

  static let entry = FuzzTarget("entry", maximumSize: 512) { input in
    let parts = input.parts
    let entry = LDAPEntry(name: parts[0], attributes: FuzzInput.attributes(parts[1...]))
    let size = input.bytes.count
    for change in [try? reader?.change(from: entry), try? reader?.object(from: entry)].compactMap({ $0 }) {
      require(change.guid == entry["objectGUID"]?.first.flatMap { GUID(bytes: $0) }, "the change is the entry's")
      require(change.attributes.keys.allSatisfy(kept.contains), "only what is to be kept is kept")
      require(change.attributes.values.joined().allSatisfy { $0.count <= size }, "values are parts of the entry")
    }
  }

  static let rangedValues = FuzzTarget("ranged-values", maximumSize: 512) { input in
    let parts = input.parts
    let half = parts.count / 2
    var values = RangedValues(LDAPEntry(name: [], attributes: FuzzInput.attributes(parts[..<half])))
    let before = values.missing
    require(values.isComplete == before.isEmpty, "what is not complete is asked for")
    // An answer that does not continue the last block is refused, which is all right.
    guard (try? values.append(LDAPEntry(name: [], attributes: FuzzInput.attributes(parts[half...])))) != nil else {
      return
    }
    require(values.missing.count <= before.count, "an answer opens no new gaps")
    require(Set(values.missing).isDisjoint(with: before), "an answer that is taken leads on")
    require(
      values.entry.attributes.reduce(0) { $0 + $1.values.count } <= input.bytes.count,
      "no value comes twice"
    )
  }

  private static let kept: Set<AttributeName> = ["cn", "mail", "manager", "objectguid", "description"]
  private static let reader = GUID("bf967aba-0de6-11d0-a285-00aa003049e2").map { namingContext in
    EntryReader(
      keeping: kept,
      namingContext: namingContext,
      logger: Logger(label: "fuzz", factory: { _ in SwiftLogNoOpLogHandler() })
    )
  }
}
