// Addresses of the fake websites. No real host is ever contacted: https://host/path becomes a path of the simulator's own
// origin that also names the step it belongs to, because two steps may visit the same page for different reasons.
import type { LoginSession } from '../login-session.ts'

export const sitePrefix = '/_sim/site'
export const picturePrefix = '/_sim/pictures'

/** Where the pages of the session's current step live, ending with a slash. */
export function siteBase(session: LoginSession, origin: string): string {
  const { entry, flow } = session.parts
  return `${origin}${sitePrefix}/${entry.bridge.id}/${flow.id}/${session.nodeKey}/`
}

/** Every https address in a text (a URL, a script) moved below `base`. */
export const toSite = (text: string, base: string): string => text.replaceAll('https://', base)

/** The same inside a regular expression, where the base has to be taken literally. */
export const toSitePattern = (pattern: string, base: string): string =>
  pattern.replaceAll('https://', base.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))

/** A picture's address here. The file name stays: it holds the code points of the emoji. */
export const pictureURL = (url: string, origin: string): string => url.replace('https://', `${origin}${picturePrefix}/`)
