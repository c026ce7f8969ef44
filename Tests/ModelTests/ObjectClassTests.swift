import Model
import Testing

@Suite struct `Object class` {
  @Test(arguments: [
    ("user", ObjectClass.user), ("inetOrgPerson user person", .user), ("user computer", .computer),
    ("user computer msDS-ManagedServiceAccount", .computer), ("user msDS-GroupManagedServiceAccount", .computer),
    ("MSDS-DELEGATEDMANAGEDSERVICEACCOUNT USER", .computer), ("contact person", .contact), ("group", .group),
    ("printQueue", .other),
  ])
  func `never makes a user of a computer or a managed service account`(classes: String, expected: ObjectClass) {
    #expect(ObjectClass(values: classes.split(separator: " ").map(String.init)) == expected)
  }
}
