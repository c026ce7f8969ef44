import Testing

@testable import Expressions

@Suite("Reading an expression")
struct ParserTests {
  @Test(
    "says where it is wrong, and what to do",
    arguments: [
      ("", 1, "the expression is empty"),
      ("   ", 4, "the expression is empty"),
      ("Append([mail], \"x\"", 19, "the closing parenthesis of Append at position 1 is expected before the end"),
      ("Append([mail] \"x\")", 15, "a comma or the closing parenthesis of Append"),
      ("Append([mail],)", 15, "argument 2 of Append, suffix, is missing"),
      ("Append([mail])", 1, "Append does not take 1 argument; write Append(source, suffix)"),
      (
        "FormatDateTime([a], \"s\")", 1,
        "write FormatDateTime(source, inputFormat, outputFormat) or FormatDateTime(source, dat"
      ),
      ("Join(\",\")", 1, "does not take 1 argument; write Join(separator, source?, …)"),
      ("SelectUniqueValue([a])", 1, "does not take 1 argument; write SelectUniqueValue(rule, …)"),
      ("[mail", 1, "the attribute that begins here has no end"),
      ("[ma il]", 5, "\"i\" cannot be in the name of an attribute"),
      ("[]", 1, "the name of an attribute is missing"),
      ("\"abc", 1, "the text that begins here has no end"),
      ("é\"", 1, "a value is expected before \"é\""),
      ("\"é\u{301}\\d\"", 3, "write \\\\ for one backslash"),
      ("“x”", 1, "straight double quotation marks"),
      ("Left([a], Now())", 11, "argument 2 of Left, length, must be a whole number, not a date"),
      ("Left([a], \"x\")", 11, "must be a whole number, not \"x\""),
      ("DateAdd(\"d\", 1, 5)", 17, "argument 3 of DateAdd, dateTime, must be a date"),
      ("Mid([a], 1.5, 2)", 11, "numbers are whole"),
      ("Mid([a], 99999999999999999999, 2)", 10, "the number is too large"),
      ("Mid([a], 1x, 2)", 11, "the number is followed by \"x\""),
      ("BitAnd(&H, 1)", 8, "&H must be followed by 1 to 16 hexadecimal digits"),
      ("& [a]", 1, "& joins two texts and needs one before it"),
      ("[a] = [b] = [c]", 11, "there is one comparison already; nest IIF"),
      ("[a] [b]", 5, "the expression is complete before \"[\""),
      ("([a]", 5, "the parenthesis of position 1 is not closed"),
      ("mail", 1, "write [mail] for the attribute"),
      ("IIF(IsPresent([a]), [a], none)", 26, "is the word none, which means nothing here"),
      (
        "InStr([a], \"b\", 1, vbTextcompare)", 20,
        "must be one of vbBinaryCompare, vbTextCompare, not \"vbTextcompare\""
      ),
      ("\(String(repeating: "a", count: 65))()", 1, "a word of 65 characters"),
      ("Nothing([a])", 1, "there is no function \"Nothing\""),
      ("switched([a], 1, 2, 3)", 1, "do you mean Switch?"),
      ("AppRoleAssignmentsComplex([appRoleAssignments])", 1, "has no meaning with Active Directory as source"),
      ("Append(\"x\", SelectUniqueValue([a], [b]))", 13, "can not be within another function"),
      ("FormatDateTime([a], \"yyyy'\", \"s\")", 21, "the quotation that begins with ' has no end"),
      (
        "FormatDateTime([a], \"Rounded\", \"s\", \"s\")", 21,
        "argument 2 of FormatDateTime, dateTimeStyles, must be one or"
      ),
      ("ConvertFromBase64([a], UTF16)", 24, "must be one of Unicode, ASCII, UTF8, not \"UTF16\""),
      ("Split([a], \"\")", 12, "must be a text that is not empty"),
      ("[a]\u{0}", 4, "the expression is complete before \"\\u{0}\""),
    ] as [(String, Int, String)]
  )
  func errors(text: String, position: Int, message: String) {
    let error = #expect(throws: ExpressionError.self) { try Expression(parsing: text) }
    #expect(error?.position == position)
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }

  @Test("has bounds")
  func bounds() throws {
    let longest = "\"" + String(repeating: "é", count: 9998) + "\""
    #expect(throws: Never.self) { try Expression(parsing: longest) }
    #expect(throws: ExpressionError.self) { try Expression(parsing: longest + " ") }
    let chain = String(repeating: "[a]&", count: 2499) + "[a]"
    #expect(try Expression(parsing: chain).evaluate(in: SampleInput()).result == .value(.null))
    func nested(_ depth: Int) -> String {
      String(repeating: "Not(", count: depth) + "[a]" + String(repeating: ")", count: depth)
    }
    #expect(throws: Never.self) { try Expression(parsing: nested(63)) }
    let error = #expect(throws: ExpressionError.self) { try Expression(parsing: nested(1500)) }
    #expect(error?.position == 4 * 64 + 1)
  }

  @Test("finds the attributes, each once, as written")
  func attributes() throws {
    let expression = try Expression(parsing: "Join(\" \", [givenName], [GivenName], [ mS-DS-ConsistencyGuid ])")
    #expect(expression.attributes == ["givenName", "mS-DS-ConsistencyGuid"])
  }

  @Test(
    "knows what gives something else each time",
    arguments: [
      ("Append([a], Guid())", true), ("DateDiff(\"d\", Now(), [a])", true), ("RandomString(6, 3, 0, 0, 3)", true),
      ("CDate([a])", false), ("SelectUniqueValue([a], [b])", false),
    ]
  )
  func impure(text: String, isImpure: Bool) throws {
    #expect(try Expression(parsing: text).isImpure == isImpure)
  }

  @Test("knows a choice and what is hidden")
  func flags() throws {
    #expect(try Expression(parsing: " SelectUniqueValue([a], [b])").isUniqueChoice)
    #expect(try !Expression(parsing: "Coalesce([a], [b])").isUniqueChoice)
    #expect(try Expression(parsing: "IIF([a] = 1, Redact([a]), \"\")").isRedacted)
    #expect(try !Expression(parsing: "[a]").isRedacted)
  }

  @Test(
    "writes it in one way, which reads as the same",
    arguments: [
      ("  Cstr( [a] )", "CStr([a])"),
      ("Replace([mail], \"@contoso.com\", , ,\"\", ,)", "Replace([mail], \"@contoso.com\", , , \"\", , )"),
      ("switch([a],,\"\",TRUE)", "Switch([a], , \"\", True)"),
      ("[a]&\"b\"&&HF & (1)", "[a] & \"b\" & 15 & 1"),
      ("([a] = [b]) = ([c] & [d])", "([a] = [b]) = ([c] & [d])"),
      ("[a]<>-10", "[a] <> -10"),
      ("GUID()", "Guid()"),
      ("\"\\\"\\\\\u{301}\"", "\"\\\"\\\\\u{301}\""),
      ("ConvertFromBase64([a],UTF8)", "ConvertFromBase64([a], UTF8)"),
      ("IsNullorEmpty(StringFromSID([a]))", "IsNullOrEmpty(StringFromSid([a]))"),
    ]
  )
  func writing(text: String, written: String) throws {
    let expression = try Expression(parsing: text)
    #expect(expression.text == text)
    #expect(expression.description == written)
    #expect(try Expression(parsing: written) == expression)
  }

  @Test("tells different expressions apart")
  func equality() throws {
    #expect(try Expression(parsing: "[a]") != Expression(parsing: "\"[a]\""))
    // Canonically equivalent, but not the same text.
    #expect(try Expression(parsing: "\"\u{E9}\"") != Expression(parsing: "\"e\u{301}\""))
  }
}
