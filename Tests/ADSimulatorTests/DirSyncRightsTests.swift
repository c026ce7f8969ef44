import ADSimulator
import LDAP
import Model
import SimulatedLDAP
import Testing

/// MS-ADTS 3.1.1.3.4.1.3 and MS-DRSR 4.1.10.5.2: who may ask for what.
@Suite("Rights of DirSync") struct DirSyncRightsTests {
  @Test func `without object security it takes the replication right`() async throws {
    let world = try Fixture()
    let error = await world.refusal { _ = try await world.dirSync([.incrementalValues]) }
    #expect(error?.code == .insufficientAccessRights)
    world.controllers[0].change { $0.mayReplicate = true }
    #expect(try await world.dirSync([.incrementalValues]).entries.isEmpty == false)
  }

  @Test func `another base is refused with 50, and with object security with 53`() async throws {
    var options = ControllerOptions()
    options.mayReplicate = true
    let world = try Fixture(options)
    let users = "CN=Users,\(Fixture.base)"
    let plain = await world.refusal { _ = try await world.dirSync([.incrementalValues], base: users) }
    let secure = await world.refusal { _ = try await world.dirSync(base: users) }
    #expect(plain?.code == .insufficientAccessRights && secure?.code == .unwillingToPerform)
  }

  @Test func `a read-only controller never answers (MS-DRSR 4.1.10.5.2)`() async throws {
    var options = ControllerOptions()
    options.isReadOnly = true
    options.mayReplicate = true
    let world = try Fixture(options)
    for flags: DirSyncRequest.Flags in [[.objectSecurity, .incrementalValues], [.incrementalValues]] {
      let error = await world.refusal { _ = try await world.dirSync(flags) }
      #expect(error?.code == .unwillingToPerform && error?.reason.hasPrefix("00002108") == true)
    }
  }

  @Test func `flags are the four bytes of a negative number, and five bytes are refused`() async throws {
    let world = try Fixture()
    let control = try DirSyncRequest(flags: [.incrementalValues, .objectSecurity], maximumBytes: 1, cookie: [])
      .control()
    let value = try #require(control.value)
    let start = try #require(value.firstIndex(of: 0x02))
    #expect(Array(value[start..<start + 6]) == [0x02, 0x04, 0x80, 0x00, 0x00, 0x01])
    #expect(try await search(world, [0x02, 0x04, 0x80, 0x00, 0x00, 0x01]) == nil)
    // ldap3 issue 642; Airweave falls back at result 12.
    #expect(try await search(world, [0x02, 0x05, 0x00, 0x80, 0x00, 0x00, 0x01]) == .unavailableCriticalExtension)
  }

  @Test func `a critical control that nobody knows is refused (RFC 4511 section 4.1.11)`() async throws {
    let world = try Fixture()
    let control = LDAPControl(identifier: "1.2.3", isCritical: true)
    let error = await world.refusal { _ = try await world.read("", ["dnsHostName"], [control]) }
    #expect(error?.code == .unavailableCriticalExtension)
  }

  private func search(_ world: Fixture, _ flags: [UInt8]) async throws -> LDAPResultCode? {
    let fields = flags + [0x02, 0x01, 0x01, 0x04, 0x00]
    let value = [0x30, UInt8(fields.count)] + fields
    let control = LDAPControl(identifier: DirSyncRequest.identifier, isCritical: true, value: value)
    let search = LDAPSearch(base: Fixture.base, scope: .subtree, attributes: ["name"], controls: [control])
    do {
      _ = try await world.controllers[0].connect().search(search) { _ in }
      return nil
    } catch let error as LDAPError {
      return error.code
    }
  }
}
