// The pages of the fake websites: thin on purpose, one field and one button, but with the traits that make such sites hard:
// cookies before the sign-in, detours, a start address that already looks like the end, an app that wants to be opened.
import { escapeHTML } from '../html.ts'

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#f3f4f7,#14161b)}
main{inline-size:min(22rem,86vw);padding:1.75rem;border-radius:1rem;background:light-dark(#fff,#1f232b);box-shadow:0 1rem 3rem #0002}
h1{margin:0 0 .25rem;font-size:1.25rem}p{color:light-dark(#555c6b,#aab2c2);margin:.25rem 0 1rem}
input,button{font:inherit;inline-size:100%;box-sizing:border-box;padding:.65rem .8rem;border-radius:.6rem;border:1px solid light-dark(#c9cedb,#454c5b)}
button{margin-block-start:.75rem;background:#2457d6;border-color:#2457d6;color:#fff;cursor:pointer}
[role=alert]{color:light-dark(#b3261e,#ff9c92)}`

const page = (host: string, body: string, script = ''): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHTML(host)}</title><style>${style}</style><main>${body}</main>${script}</html>`

export interface EntryParts {
  readonly host: string
  readonly action: string
  readonly users: readonly string[]
  /** A name the site does not know was typed. */
  readonly isRefused: boolean
}

export function entryPage({ action, host, isRefused, users }: EntryParts): string {
  return page(
    host,
    `<h1>${escapeHTML(host)}</h1><p>A pretend website. Sign in as one of: ${users.map(escapeHTML).join(', ')}.</p>
    ${isRefused ? '<p role="alert">Nobody of that name has an account here.</p>' : ''}
    <form method="post" action="${escapeHTML(action)}"><label for="user">User name</label>
    <input id="user" name="user" autocomplete="off" autofocus required><button>Sign in</button></form>`,
  )
}

export interface LandingParts {
  readonly host: string
  readonly user: string
  readonly localStorage: Readonly<Record<string, string>>
  /** Where the site's own script calls home with the stored token, if it does. */
  readonly callHome: string | undefined
  /** An address of the network's own app, which the page tries to open. */
  readonly appLink: string | undefined
  /** A second page the person has to pass. */
  readonly onward: string | undefined
}

export function landingPage({ appLink, callHome, host, localStorage, onward, user }: LandingParts): string {
  const lines = [
    ...Object.entries(localStorage).map(([key, value]) => `localStorage.setItem(${quote(key)}, ${quote(value)})`),
    callHome === undefined
      ? ''
      : `const all = JSON.parse(localStorage.getItem('localConfig_v2') || '{}').teams || {}
      for (const { token } of Object.values(all)) fetch(${quote(callHome)}, { method: 'POST', body: new URLSearchParams({ token }) })`,
    appLink === undefined ? '' : `setTimeout(() => { location.href = ${quote(appLink)} }, 300)`,
  ].filter((line) => line !== '')
  const more =
    onward === undefined ? '' : `<form method="post" action="${escapeHTML(onward)}"><button>Continue</button></form>`
  return page(
    host,
    `<h1>${escapeHTML(host)}</h1><p>Signed in as ${escapeHTML(user)}.</p>${more}`,
    lines.length === 0 ? '' : `<script>${lines.join('\n')}</script>`,
  )
}

/** A page that only moves its own address, without loading anything: the end of a puzzle. */
export function puzzlePage(host: string, landing: string): string {
  return page(
    host,
    `<h1>${escapeHTML(host)}</h1><p>A pretend puzzle.</p><button id="solve">I am not a robot</button>`,
    `<script>document.getElementById('solve').onclick = () => history.pushState({}, '', ${quote(landing)})</script>`,
  )
}

export const detourPage = (host: string, path: string): string =>
  page(host, `<h1>${escapeHTML(host)}</h1><p>A page on the way: ${escapeHTML(path)}</p>`)

// JSON inside a script element: a closing tag in a value must not end the script.
const quote = (text: string): string => JSON.stringify(text).replaceAll('<', String.raw`\u003c`)
