// The page on which a person lets an app in. A form without scripts; its address is good for one decision.
import { escapeHTML } from '../html.ts'
import type { ConsentRequest } from '../oauth.ts'
import type { Person } from '../people.ts'

export const consentPath = '/oauth/consent'

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f2f1f7, #131218) }
  main { inline-size: min(24rem, 88vw); padding: 2rem; border-radius: 1.25rem; background: light-dark(#fff, #1f1d27);
    box-shadow: 0 1.5rem 4rem #0003 }
  h1 { margin: 0 0 .5rem; font-size: 1.3rem; text-wrap: balance }
  p, ul { color: light-dark(#4c485c, #bcb7cc) }
  ul { padding-inline-start: 1.2rem }
  form { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; margin-block-start: 1.5rem }
  button { font: inherit; padding: .7rem; border-radius: .8rem; border: 1px solid light-dark(#d6d2e2, #3b3749);
    background: none; color: inherit; cursor: pointer }
  button[value=allow] { background: #5b45e0; border-color: #5b45e0; color: #fff }
  button:focus-visible { outline: 3px solid #8f7fff; outline-offset: 2px }`

const meaning = { read: 'See your accounts and the state of this computer', write: 'Connect and change accounts' }

export function consentPage(request: ConsentRequest, person: Person): string {
  const name = escapeHTML(request.client.name)
  return page(
    'Allow access',
    `<h1>Let “${name}” use Beeper?</h1>
    <p>Signed in as ${escapeHTML(person.username)}. The app asks to:</p>
    <ul>${request.scopes.map((scope) => `<li>${meaning[scope]}</li>`).join('')}</ul>
    <form method="post" action="${consentPath}/${request.id}">
      <button name="decision" value="deny">Deny</button>
      <button name="decision" value="allow">Allow</button>
    </form>`,
  )
}

export function faultPage(message: string): string {
  return page('Not possible', `<h1>This does not work</h1><p>${escapeHTML(message)}</p>`)
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${style}</style><main>${body}</main></html>`
}
