// The only way to the person's browser (WIN-5). What a system does with a URL depends on its scheme, so there is a list,
// compared whole, and one page whose address depends on the Beeper in use.
import { failed, ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import { originOf } from '../ports.ts'
import type { Log, Opener } from '../ports.ts'

/** The pages of Beeper that the app leads to. The terms are those that the API's document names for new accounts. */
export const pages = {
  terms: 'https://www.beeper.com/terms-onboarding',
  privacy: 'https://www.beeper.com/privacy',
  download: 'https://www.beeper.com/download',
  help: 'https://help.beeper.com/',
} as const

export const consentPath = '/oauth/authorize'

const maxLength = 8_000

export interface OpenerParts {
  /** Electron's `shell.openExternal`. */
  readonly openExternal: (url: string) => Promise<void>
  /** The origin of the Beeper in use, whose consent page may be opened. */
  readonly consentOrigin: () => string | undefined
  readonly log: Log
}

/**
 * Makes the opener.
 * @param parts what opens, and whose consent page is allowed
 */
export function createOpener({ openExternal, consentOrigin, log }: OpenerParts): Opener {
  async function open(url: string, mayOpen: boolean): Promise<Result<undefined>> {
    if (!mayOpen) {
      log.warn('opener.refused', { origin: originOf(url) })
      return failed({ code: 'command.refused', retry: 'never', detail: 'page not on the list' })
    }
    try {
      await openExternal(url)
      return ok(undefined)
    } catch (error) {
      log.error('opener.failed', error)
      return failed({ code: 'account.browser-failed', retry: 'now' })
    }
  }

  return {
    openPage: (url) => open(url, mayOpenOutside(url, consentOrigin())),
    openLink: (url) => {
      const href = hrefOf(url)
      return open(href ?? url, href !== undefined && mayOpenLink(new URL(href), consentOrigin()))
    },
  }
}

/** As the browser gets it; nothing for what reads differently once parsed, because of what cannot be seen or turns round. */
function hrefOf(url: string): string | undefined {
  if (/[\s\p{C}\\]/u.test(url) || !URL.canParse(url)) return undefined
  const { href } = new URL(url)
  return href.length > maxLength ? undefined : href
}

/**
 * Whether a link out of a server's text may be opened, once the person has seen its host: `https:` without a name or password
 * before it, or a page of the Beeper in use on this computer, whose demo has websites of its own. Where permissions are given is
 * for the app alone to lead to.
 */
function mayOpenLink(link: URL, origin: string | undefined): boolean {
  if (link.username !== '' || link.password !== '') return false
  if (link.origin === origin) return isFitOrigin(link) && !isOfConsent(link)
  return link.protocol === 'https:'
}

/** However it is spelled; what no server can read is taken for it. */
function isOfConsent({ pathname }: URL): boolean {
  try {
    return decodeURIComponent(pathname).toLowerCase().split(/[/\\]/u).includes('oauth')
  } catch (error) {
    if (error instanceof URIError) return true
    throw error
  }
}

const listed: ReadonlySet<string> = new Set(Object.values(pages))

/**
 * Whether a URL may leave for the browser: a page of the list, or the consent page at the given origin.
 * @param url the URL exactly as it would be opened
 * @param origin the origin of the Beeper in use
 */
export function mayOpenOutside(url: string, origin: string | undefined): boolean {
  if (listed.has(url)) return true
  if (origin === undefined || url.length > maxLength || !URL.canParse(url)) return false
  const parsed = new URL(url)
  // A URL that reads differently once parsed (tabs, backslashes, dots, upper case) may read differently elsewhere too.
  return (
    parsed.href === url &&
    parsed.origin === origin &&
    isFitOrigin(parsed) &&
    parsed.pathname === consentPath &&
    parsed.username === '' &&
    parsed.password === '' &&
    parsed.hash === ''
  )
}

/** Plain http only within this machine. */
function isFitOrigin({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:') return true
  return (
    protocol === 'http:' &&
    (/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname) || hostname === '[::1]' || hostname === 'localhost')
  )
}
