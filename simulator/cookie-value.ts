/** What a client hands over of a cookie: the decoded value; one with a stray percent sign stays as it is (R15). */
export function decodedCookie(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    // Not an encoded one, then.
    return value
  }
}
