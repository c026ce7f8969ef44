import Glibc
import NIOPosix

/// Names of users and groups as the host's name service has them, which may be a network away.
package enum AccountDatabase {
  /// Numeric id of a group; nil when the host has none of that name.
  package static func groupID(named name: String) -> UInt32? {
    unsafe withGrowingBuffer { buffer, size in
      var record = unsafe group()
      var found: UnsafeMutablePointer<group>?
      let code = unsafe getgrnam_r(name, &record, buffer, size, &found)
      return (code, unsafe found?.pointee.gr_gid)
    }
  }

  /// Nil when the host does not know the user. Looked up on a thread of its own: the tasks of the daemon share few.
  static func loginName(of user: UInt32) async -> String? {
    let name = try? await NIOThreadPool.singleton.runIfActive { () -> String? in
      unsafe withGrowingBuffer { buffer, size in
        var record = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        let code = unsafe getpwuid_r(user, &record, buffer, size, &found)
        return (code, unsafe found.map { unsafe String(cString: $0.pointee.pw_name) })
      }
    }
    return name ?? nil
  }

  /// Calls with larger and larger buffers while the answer is ERANGE; a record above 1 MiB counts as not found.
  private static func withGrowingBuffer<Value>(
    _ body: (UnsafeMutablePointer<CChar>, Int) -> (code: CInt, value: Value?)
  ) -> Value? {
    var size = 1024
    while size <= 1 << 20 {
      let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: size)
      defer { unsafe buffer.deallocate() }
      let (code, value) = unsafe body(buffer, size)
      if code != ERANGE { return value }
      size *= 4
    }
    return nil
  }
}
