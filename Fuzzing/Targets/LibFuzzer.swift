import Glibc

/// Called once by libFuzzer before all inputs; without a target chosen, the targets are listed with their sizes and that is all.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  guard unsafe getenv("FUZZ_TARGET") == nil else { return 0 }
  for target in FuzzTarget.all { print(target.name, target.maximumSize) }
  exit(0)
}

/// Called by libFuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  chosenTarget.check(FuzzInput(bytes: unsafe Array(UnsafeBufferPointer(start: data, count: count))))
  return 0
}

private let chosenTarget: FuzzTarget = {
  let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) }
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    fatalError("FUZZ_TARGET names no target: \(name ?? "")")
  }
  return target
}()
