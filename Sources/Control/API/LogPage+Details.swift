extension LogPage {
  /// One attribute before and after; nil is no value.
  package struct Change: Codable, Hashable, Sendable {
    package let path: String
    package let old: Value?
    package let new: Value?

    package init(path: String, old: Value?, new: Value?) {
      self.path = path
      self.old = old
      self.new = new
    }
  }

  /// In JSON a string, a boolean or an array of strings.
  package enum Value: Hashable, Sendable {
    case string(String)
    case boolean(Bool)
    case strings([String])
  }

  /// Memberships of one operation: how many, and the first of them.
  package struct Members: Codable, Hashable, Sendable {
    package struct Member: Codable, Hashable, Sendable {
      /// objectGUID.
      package let object: String
      package let name: String

      package init(object: String, name: String) {
        self.object = object
        self.name = name
      }
    }

    package let addedCount: Int
    package let removedCount: Int
    package let added: [Member]
    package let removed: [Member]

    package init(addedCount: Int, removedCount: Int, added: [Member] = [], removed: [Member] = []) {
      self.addedCount = addedCount
      self.removedCount = removedCount
      self.added = added
      self.removed = removed
    }
  }
}

extension LogPage.Value: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      self = .boolean(flag)
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else {
      self = .strings(try container.decode([String].self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let text): try container.encode(text)
    case .boolean(let flag): try container.encode(flag)
    case .strings(let texts): try container.encode(texts)
    }
  }
}

/// Answer of `GET /v1/configurations/{name}/runs`: the newest first.
package struct RunList: Codable, Hashable, Sendable {
  package let runs: [RunReport]

  package init(runs: [RunReport]) {
    self.runs = runs
  }
}
