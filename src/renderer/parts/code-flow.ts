import type { LoginFlow } from '#contract/beeper/networks'

// No server says what a way consists of, only what it is called. A wrong guess costs nothing: all ways are listed anyway.
const scans = /\bqr\b|\bscan/iu
const speaksOfCode = /\b(?:code|phone|number|sms|pairing|pin)\b/iu

/**
 * The way for people who cannot scan: the one whose name, ID or description speaks of a code or phone number, and that does
 * not scan itself.
 * @param flows the other ways of a network
 */
export function codeFlowOf(flows: readonly LoginFlow[]): LoginFlow | undefined {
  const isCalledSo = ({ id, name }: LoginFlow): boolean => speaksOfCode.test(`${name} ${id}`)
  const candidates = flows.filter(({ id, name, description }) => !scans.test(`${id} ${name} ${description}`))
  return candidates.find(isCalledSo) ?? candidates.find(({ description }) => speaksOfCode.test(description))
}
