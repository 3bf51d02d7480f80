// What pages may do: nothing that is not listed. Guards are set when web contents are made, so that popups of popups have
// them too (WIN-3); permissions are denied in every session, because Electron grants them by default (WIN-4).
import type { App, HandlerDetails, Session, WebContents, WindowOpenHandlerResponse } from 'electron'
import { originOf, word } from '../ports.ts'
import type { Log } from '../ports.ts'
import type { MediaAsked } from './camera.ts'

/** What one window may do. Left out means no. */
export interface Rule {
  /** Where its frames may go by link, script, form or redirect. */
  readonly mayNavigate?: (url: string) => boolean
  /** How `window.open` is answered. */
  readonly mayOpen?: (details: HandlerDetails) => WindowOpenHandlerResponse
  readonly mayUse?: (permission: string, asked: MediaAsked) => boolean
  /** Asks the system once the rule has allowed something; undefined where there is nothing to ask. */
  readonly askSystem?: (permission: string) => Promise<boolean> | undefined
  /** Where its page belongs: it is taken back there from an `about:` URL, see [Note: about URLs]. */
  readonly home?: string
}

type Contents = Pick<WebContents, 'on' | 'setWindowOpenHandler' | 'loadURL'>
type GuardedSession = Pick<
  Session,
  'on' | 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>

const rules = new WeakMap<object, Rule>()

/**
 * Gives a window its rule. It holds from the next thing that the window tries.
 * @param contents the window's web contents
 * @param rule what it may do
 */
export function registerRule(contents: object, rule: Rule): void {
  rules.set(contents, rule)
}

/**
 * Puts every page into the sandbox, also one whose window forgot to ask for it (WIN-1). Must run before Electron is ready.
 * @param app Electron's app
 */
export function enableSandbox(app: Pick<App, 'enableSandbox' | 'commandLine'>): void {
  // Started with --no-sandbox (as root, in tests) Electron runs no child process at all after this: each one finds the
  // sandbox asked for, cannot have it, and ends. Windows still ask for it one by one.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
}

/**
 * Sets the guards for all web contents to come and for every session they use. Must run before the first window is made.
 * @param app Electron's app
 * @param log told what was denied, by kind and origin
 */
export function installGuards(app: Pick<App, 'on'>, log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, log)
    // The default session may be older than this call, so that its own event is missed.
    guardSession(contents.session, log)
  })
  app.on('session-created', (session) => {
    guardSession(session, log)
  })
  // Electron would answer with the first certificate that it finds.
  app.on('select-client-certificate', (event, _contents, _url, _list, callback) => {
    event.preventDefault()
    callback()
  })
}

/** Sets the guards of one web contents; exported for tests. */
export function guardContents(contents: Contents, log: Log): void {
  const deny = (kind: string, url: string): void => {
    log.warn('guard.denied', { kind: word(kind), origin: originOf(url) })
  }
  const check = (kind: string) => (event: { readonly url: string; preventDefault(): void }) => {
    if (rules.get(contents)?.mayNavigate?.(event.url) === true) return
    event.preventDefault()
    deny(kind, event.url)
  }
  contents.on('will-navigate', check('navigate'))
  contents.on('will-frame-navigate', check('frame-navigate'))
  contents.on('will-redirect', check('redirect'))
  // [Note: about URLs] `about:` URLs pass by all of the events above, and stopping them in did-start-navigation brings main
  // down (both seen on Electron 33). They show nothing and may do nothing, but the person would sit before an empty window.
  const takeBack = (url: string): void => {
    const home = rules.get(contents)?.home
    if (home === undefined || !url.startsWith('about:')) return
    deny('about', url)
    contents.loadURL(home).catch(() => undefined)
  }
  contents.on('did-navigate', (_event, url) => {
    takeBack(url)
  })
  contents.on('did-fail-load', (_event, _code, _description, url, isMainFrame) => {
    if (isMainFrame) takeBack(url)
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    deny('webview', '')
  })
  contents.setWindowOpenHandler((details) => {
    const answer = rules.get(contents)?.mayOpen?.(details) ?? { action: 'deny' }
    if (answer.action === 'deny') deny('open', details.url)
    return answer
  })
}

const guarded = new WeakSet()

/** Sets the guards of one session, once; exported for tests. */
export function guardSession(session: GuardedSession, log: Log): void {
  if (guarded.has(session)) return
  guarded.add(session)
  const mayUse = (contents: object | null, permission: string, asked: MediaAsked): boolean =>
    contents !== null && rules.get(contents)?.mayUse?.(permission, asked) === true

  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const asked = { isRequest: true, mediaTypes: ('mediaTypes' in details ? details.mediaTypes : undefined) ?? [] }
    const decide = (isGranted: boolean): void => {
      // Asked again, because the system may have waited for the person.
      const isAllowed = isGranted && mayUse(contents, permission, asked)
      if (!isAllowed) log.warn('guard.permission-denied', { permission: word(permission) })
      answer(isAllowed)
    }
    const system = mayUse(contents, permission, asked) ? rules.get(contents)?.askSystem?.(permission) : undefined
    if (system === undefined) decide(true)
    else
      system.then(decide, (error: unknown) => {
        log.error('guard.system-not-asked', error)
        decide(false)
      })
  })
  session.setPermissionCheckHandler((contents, permission, _origin, { mediaType }) =>
    mayUse(contents, permission, { isRequest: false, mediaTypes: mediaType === undefined ? [] : [mediaType] }),
  )
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => {
    event.preventDefault()
    log.warn('guard.download-denied')
  })
}
