/**
 * A code in groups that an eye can keep while it looks at the phone: fours, where the code is one run of letters or digits.
 * @param code as the server sent it
 * @returns parts that make up the code exactly; one that is grouped already, short or long stays as it is
 */
export function codeGroups(code: string): readonly string[] {
  if (!/^[a-z\d]{8,24}$/iu.test(code)) return [code]
  return code.match(/.{1,4}/gu) ?? [code]
}
