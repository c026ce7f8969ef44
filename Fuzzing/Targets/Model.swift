import Model

extension FuzzTarget {
  static let distinguishedName = FuzzTarget("distinguished-name") { input in
    guard let text = input.validText, let name = try? DistinguishedName(parsing: text) else { return }
    require(!name.components.isEmpty, "a name has components")
    let written = name.description
    require(written.utf8.count <= 3 * text.utf8.count, "the written form is bounded")
    let again = try? DistinguishedName(parsing: written)
    require(again == name, "the written form reads as the same name")
    require(again?.description.isIdentical(to: written) == true, "the written form is canonical")
    require(name.matches(name), "a name matches itself")
    require(name.domain.utf8.count <= text.utf8.count, "the domain is a part of the name")
  }

  static let guid = FuzzTarget("guid", maximumSize: 64) { input in
    let raw = GUID(bytes: input.bytes)
    require((raw != nil) == (input.bytes.count == 16), "exactly 16 bytes are a GUID")
    if let raw {
      require(raw.bytes == input.bytes, "the bytes are kept")
      require(GUID(raw.description) == raw, "the string form reads as the same GUID")
    }
    if let text = input.validText, let read = GUID(text) {
      require(read.description.isIdentical(to: text.lowercased()), "the string form is kept but for its case")
      require(GUID(bytes: read.bytes) == read, "the bytes read as the same GUID")
    }
  }

  static let sid = FuzzTarget("sid", maximumSize: 128) { input in
    guard let sid = SID(bytes: input.bytes) else { return }
    require(sid.bytes == input.bytes, "the bytes are kept")
    let text = sid.description
    require(text.hasPrefix("S-1-"), "the string form begins with the revision")
    require(text.split(separator: "-").count == 3 + Int(sid.bytes[1]), "the string form has all sub-authorities")
    require((sid.relativeIdentifier == nil) == (sid.bytes[1] == 0), "the last sub-authority is found")
    let account = sid.account(4_294_967_295)
    require((account == nil) == (sid.bytes[1] == 15), "an account has one sub-authority more")
    require(account.map { $0.relativeIdentifier == 4_294_967_295 } ?? true, "an account has its RID")
  }

  static let imageCoding = FuzzTarget("image-coding") { input in
    guard let image = try? Image(encoded: input.bytes) else { return }
    let bytes = image.encoded()
    require(bytes.count <= 4 * input.bytes.count, "the coded form is bounded")
    let again = try? Image(encoded: bytes)
    require(again == image, "the coded form reads as the same image")
    require(again?.encoded() == bytes, "the coded form is canonical")
  }

  static let resourceCoding = FuzzTarget("resource-coding") { input in
    guard let resource = try? Resource(encoded: input.bytes) else { return }
    let bytes = resource.encoded()
    require(bytes.count <= input.bytes.count, "the coded form is bounded")
    let again = try? Resource(encoded: bytes)
    require(again == resource, "the coded form reads as the same resource")
    require(again?.encoded() == bytes, "the coded form is canonical")
    require(resource.changes(from: again).isEmpty, "nothing differs")
  }
}
