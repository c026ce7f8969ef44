package import Model

/// What a simulated domain controller offers, and what the account that is bound may do there.
package struct ControllerOptions: Sendable {
  /// DS-Replication-Get-Changes on the head of the naming context (MS-ADTS 5.1.3.2.1).
  package var mayReplicate = false
  /// Windows lets every account; where something refuses all of DirSync, this is off too.
  package var mayUseObjectSecurity = true
  /// A read-only domain controller (MS-ADTS 3.1.1.3.4.3): never answers DirSync (MS-DRSR 4.1.10.5.2).
  package var isReadOnly = false
  package var isSynchronized = true
  /// Most values of an attribute in one answer to a plain read (MS-ADTS 3.1.1.3.4.6).
  package var maxValRange = 1500
  /// Most entries in one answer to a plain read (MS-ADTS 3.1.1.3.4.6).
  package var maxPageSize = 1000
  /// Paged searches that a connection may have open (MaxResultSetsPerConn, MS-ADTS 3.1.1.3.4.6).
  package var maxResultSets = 10
  package var supportsLinkTTL = true
  /// Whether the account may read replUpToDateVector.
  package var showsVector = true
  /// With fCONFIDENTIAL in their searchFlags (MS-ADTS 2.2.9); the account lacks the right for them.
  package var confidentialAttributes: Set<AttributeName> = []
  package var subordinateContexts: [SubordinateContext] = []
  package var site = "Default-First-Site-Name"
  package var clientSite = "Default-First-Site-Name"

  package init() {}
}

/// The head of another naming context below the domain's, which DirSync gives too (MS-DRSR 4.1.10.5.3).
package struct SubordinateContext: Sendable {
  package let guid: GUID
  package let name: String
  /// Of instanceType (MS-ADTS 2.2.9): IT_NC_HEAD is always set.
  package let instanceType: Int

  package init(guid: GUID, name: String, instanceType: Int) {
    self.guid = guid
    self.name = name
    self.instanceType = instanceType
  }
}
