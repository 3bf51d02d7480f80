import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { fakeLog } from '../testing/fakes.ts'
import { enableSandbox, guardContents, guardSession, installGuards, registerRule } from './guards.ts'
import type { Rule } from './guards.ts'
import { answers, fakeSession, permissions } from './testing/fake-session.ts'

type Contents = Parameters<typeof guardContents>[0]

/** Web contents as far as the guards see them. */
function fakeContents() {
  const events = new EventEmitter()
  let open: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  const contents = {
    on: (name: string, listener: (...args: unknown[]) => void) => events.on(name, listener),
    setWindowOpenHandler: (handler: typeof open) => (open = handler),
  }
  const prevented = (name: string, url: string): boolean => {
    let isPrevented = false
    events.emit(name, { url, preventDefault: () => (isPrevented = true) }, url)
    return isPrevented
  }
  return { contents: contents as unknown as Contents, events, prevented, open: (url: string) => open({ url }).action }
}

const urls = [
  'https://evil.example/',
  'https://www.beeper.com/',
  'http://127.0.0.1:1/',
  'http://localhost/',
  'app://ui/',
  'app://ui/index.html',
  'app://ui/index.html?x',
  'app://other/',
  'file:///etc/passwd',
  'file://server/share',
  'smb://server/share',
  'ftp://evil.example/',
  'data:text/html,x',
  'blob:app://ui/1',
  'about:blank',
  'about:srcdoc',
  'javascript:alert(1)',
  'chrome://gpu',
  'chrome-extension://x/y.html',
  'devtools://devtools/bundled/inspector.html',
  'view-source:https://evil.example',
  'mailto:a@example.com',
  'tel:110',
  'sgnl://linkdevice?uuid=x',
  'vscode://file/x',
  'ws://127.0.0.1:1/',
  'intent://x#Intent;end',
  'https://user:password@evil.example/',
  'https://evil.example:8443/a#b',
  '',
]

const kinds = ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const

describe('WIN-3: nothing leads a page away', () => {
  test('WIN-3: 30 URLs are denied by navigation, frame, redirect and new window', () => {
    expect(urls).toHaveLength(30)
    const { contents, prevented, open } = fakeContents()
    guardContents(contents, fakeLog())
    for (const url of urls) {
      for (const kind of kinds) expect(prevented(kind, url), `${kind} ${url}`).toBe(true)
      expect(open(url), url).toBe('deny')
    }
  })

  test('WIN-3: a web view is never attached', () => {
    const { contents, prevented } = fakeContents()
    guardContents(contents, fakeLog())
    registerRule(contents, { mayNavigate: () => true })
    expect(prevented('will-attach-webview', '')).toBe(true)
  })

  test('WIN-3: a rule allows what it names, for its own contents alone', () => {
    const one = fakeContents()
    const other = fakeContents()
    guardContents(one.contents, fakeLog())
    guardContents(other.contents, fakeLog())
    const rule: Rule = {
      mayNavigate: (url) => url.startsWith('https://site.example/'),
      mayOpen: ({ url }) => ({ action: url.startsWith('https://') ? 'allow' : 'deny' }),
    }
    registerRule(one.contents, rule)
    expect(kinds.map((kind) => one.prevented(kind, 'https://site.example/a'))).toEqual([false, false, false])
    expect(one.prevented('will-redirect', 'https://evil.example/')).toBe(true)
    expect(one.open('https://site.example/')).toBe('allow')
    expect(one.open('file:///etc/passwd')).toBe('deny')
    expect(other.prevented('will-navigate', 'https://site.example/a')).toBe(true)
    expect(other.open('https://site.example/')).toBe('deny')
  })

  test('WIN-3: a page that got to an about: URL, which no guard meets, is taken home; others are left alone', () => {
    const { contents, events } = fakeContents()
    const loaded: string[] = []
    guardContents(
      Object.assign(contents, { loadURL: (url: string) => Promise.resolve(void loaded.push(url)) }),
      fakeLog(),
    )
    events.emit('did-navigate', {}, 'about:blank')
    expect(loaded, 'no home').toEqual([])
    registerRule(contents, { home: 'app://ui/index.html' })
    for (const url of ['app://ui/index.html', 'data:text/html,x']) events.emit('did-navigate', {}, url)
    events.emit('did-fail-load', {}, -300, '', 'about:srcdoc', false)
    expect(loaded).toEqual([])
    events.emit('did-navigate', {}, 'about:blank#blocked')
    events.emit('did-fail-load', {}, -300, '', 'about:srcdoc', true)
    expect(loaded).toEqual(['app://ui/index.html', 'app://ui/index.html'])
  })

  test('WIN-3: contents and sessions to come are guarded, and what is denied is logged by origin', () => {
    const app = new EventEmitter()
    const log = fakeLog()
    installGuards(app as unknown as Parameters<typeof installGuards>[0], log)
    const { contents, prevented } = fakeContents()
    const own = fakeSession()
    app.emit('web-contents-created', {}, Object.assign(contents, { session: own.session }))
    expect(own.handlers.request).toBeDefined()
    expect(prevented('will-navigate', 'https://user:password@evil.example/path?token=abc')).toBe(true)
    expect(log.lines).toEqual([
      { level: 'warn', event: 'guard.denied', facts: { kind: 'navigate', origin: 'https://evil.example' } },
    ])
    const { session, handlers } = fakeSession()
    app.emit('session-created', session)
    expect(handlers.request).toBeDefined()
    let certificate: unknown = 'not asked'
    let isPrevented = false
    app.emit(
      'select-client-certificate',
      { preventDefault: () => (isPrevented = true) },
      {},
      '',
      [{}],
      (chosen?: unknown) => (certificate = chosen),
    )
    expect([isPrevented, certificate]).toEqual([true, undefined])
  })
})

describe('WIN-4: permissions are denied', () => {
  const appPage = {}
  registerRule(appPage, { mayUse: (permission) => permission === 'clipboard-sanitized-write' })

  test.each([...permissions, 'clipboard-sanitized-write'])(
    'WIN-4: %s, for a page without a rule and for nobody',
    (permission) => {
      expect(answers({}, permission)).toEqual([false, false, false])
      expect(answers(null, permission)).toEqual([false, false, false])
    },
  )

  test.each(permissions)('WIN-4: %s, for the app window', (permission) => {
    expect(answers(appPage, permission)).toEqual([false, false, false])
  })

  test('WIN-4: the app window may write text to the clipboard', () => {
    expect(answers(appPage, 'clipboard-sanitized-write')).toEqual([true, true, false])
  })

  test('WIN-4: nothing is downloaded', () => {
    const { session, events } = fakeSession()
    guardSession(session, fakeLog())
    let isPrevented = false
    events.emit('will-download', { preventDefault: () => (isPrevented = true) })
    expect(isPrevented).toBe(true)
  })
})

test('WIN-1: every page gets the sandbox, except where Electron was started without one', () => {
  let count = 0
  const app = (hasSwitch: boolean) =>
    ({ enableSandbox: () => (count += 1), commandLine: { hasSwitch: () => hasSwitch } }) as unknown as Parameters<
      typeof enableSandbox
    >[0]
  enableSandbox(app(false))
  enableSandbox(app(true))
  expect(count).toBe(1)
})
