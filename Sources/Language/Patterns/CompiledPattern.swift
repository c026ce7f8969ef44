import CPCRE2

/// Owner of PCRE2's compiled form.
@safe
final class CompiledPattern {
  private let code: OpaquePointer
  /// Numbers of the groups of each name.
  let names: [String: [Int]]

  init(_ text: String, ignoringCase: Bool) throws(PatternError) {
    guard let context = unsafe pcre2_compile_context_create_8(nil) else {
      throw PatternError(offset: 0, reason: "out of memory")
    }
    defer { unsafe pcre2_compile_context_free_8(context) }
    unsafe pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))

    // \C would split characters.
    var options = PCRE2_UTF | PCRE2_UCP | PCRE2_ALT_BSUX | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C
    if ignoringCase { options |= PCRE2_CASELESS }
    var number: Int32 = 0
    var offset = 0
    var copy = text
    let code = copy.withUTF8 { bytes in
      // An empty buffer may have no address, and PCRE2 asks for one.
      guard let base = bytes.baseAddress else {
        return unsafe pcre2_compile_8("", 0, options, &number, &offset, context)
      }
      return unsafe pcre2_compile_8(base, bytes.count, options, &number, &offset, context)
    }
    guard let code = unsafe code else {
      let place = text.utf8.index(text.startIndex, offsetBy: offset, limitedBy: text.endIndex) ?? text.endIndex
      throw PatternError(offset: text[..<place].count, reason: Self.message(number))
    }
    unsafe self.code = unsafe code
    names = unsafe Self.names(of: code)
    var groups: UInt32 = 0
    unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
    guard groups <= SearchLimits.groups else {
      throw PatternError(offset: text.count, reason: "more than \(SearchLimits.groups) groups")
    }
  }

  deinit { unsafe pcre2_code_free_8(code) }

  private static func message(_ number: Int32) -> String {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      let length = unsafe pcre2_get_error_message_8(number, buffer.baseAddress, buffer.count)
      guard length > 0 else { return "error \(number)" }
      return unsafe String(decoding: buffer.prefix(Int(length)), as: UTF8.self)
    }
  }

  /// The name table: entries of one length, each a number in two bytes and a name that a zero ends (pcre2api,
  /// "INFORMATION ABOUT A COMPILED PATTERN").
  private static func names(of code: OpaquePointer) -> [String: [Int]] {
    var count: UInt32 = 0
    var size: UInt32 = 0
    var table: UnsafePointer<UInt8>?
    unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
    unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard count > 0, let table = unsafe table else { return [:] }
    var names: [String: [Int]] = [:]
    for index in 0..<Int(count) {
      let entry = unsafe UnsafeBufferPointer(start: table + index * Int(size), count: Int(size))
      let number = unsafe Int(entry[0]) << 8 | Int(entry[1])
      let name = unsafe String(decoding: entry.dropFirst(2).prefix { $0 != 0 }, as: UTF8.self)
      names[name, default: []].append(number)
    }
    return names
  }

  /// Offsets, in bytes, of the first match from an offset on and of its groups.
  ///
  /// - Parameter isWhole: whether only all of the text counts.
  func search(_ text: String, from start: Int, isWhole: Bool = false) throws(PatternFailure) -> [Range<Int>?]? {
    guard text.utf8.count <= SearchLimits.greatestText else { throw .tooCostly }
    guard let context = unsafe pcre2_match_context_create_8(nil) else { throw .library(Int(PCRE2_ERROR_NOMEMORY)) }
    defer { unsafe pcre2_match_context_free_8(context) }
    unsafe pcre2_set_match_limit_8(context, SearchLimits.steps(places: isWhole ? 1 : text.utf8.count + 1))
    unsafe pcre2_set_depth_limit_8(context, SearchLimits.depth)
    unsafe pcre2_set_heap_limit_8(context, SearchLimits.heap)
    guard let match = unsafe pcre2_match_data_create_from_pattern_8(code, nil) else {
      throw .library(Int(PCRE2_ERROR_NOMEMORY))
    }
    defer { unsafe pcre2_match_data_free_8(match) }

    let options = isWhole ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0
    var copy = text
    let result = copy.withUTF8 { bytes in
      guard let base = bytes.baseAddress else { return unsafe pcre2_match_8(code, "", 0, 0, options, match, context) }
      return unsafe pcre2_match_8(code, base, bytes.count, start, options, match, context)
    }
    switch result {
    case 1...: break
    case PCRE2_ERROR_NOMATCH: return nil
    case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT: throw .tooCostly
    default: throw .library(Int(result))
    }
    return unsafe Self.ranges(of: match, matched: Int(result))
  }

  private static func ranges(of match: OpaquePointer, matched: Int) -> [Range<Int>?]? {
    let count = unsafe Int(pcre2_get_ovector_count_8(match))
    guard let offsets = unsafe pcre2_get_ovector_pointer_8(match) else { return nil }
    return (0..<count).map { group in
      // Groups behind the last one that took part are not set at all.
      guard group < matched else { return nil }
      let start = unsafe offsets[2 * group]
      let end = unsafe offsets[2 * group + 1]
      // PCRE2_UNSET is the largest size. With \K a start may lie behind its end.
      return start >= 0 && start <= end ? start..<end : nil
    }
  }
}

/// Nothing of the compiled form is written after it is made; "it can be used for any number of matches, in any number of
/// threads" (pcre2api, "MULTITHREADING"). What a match needs is made for each.
extension CompiledPattern: @unchecked Sendable {}
