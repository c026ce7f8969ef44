package import FoundationEssentials

/// Answer of `POST /v1/configurations/{name}/restart?preview=true`: what each reset would clear. Nothing was changed.
package struct ResetPreview: Codable, Hashable, Sendable {
  /// Objects of the domain that would be read again, for every configuration of the domain; nil without `watermark`.
  package let objectsToRead: Int?
  /// Objects whose repeat would not be waited for; nil without `escrows`.
  package let escrows: Int?
  /// When the pause would have ended; nil when there is none, or without `quarantine`.
  package let pausedUntil: Date?
  /// Objects that would be matched again; nil without `links`.
  package let links: Int?

  package init(objectsToRead: Int? = nil, escrows: Int? = nil, pausedUntil: Date? = nil, links: Int? = nil) {
    self.objectsToRead = objectsToRead
    self.escrows = escrows
    self.pausedUntil = pausedUntil
    self.links = links
  }
}
