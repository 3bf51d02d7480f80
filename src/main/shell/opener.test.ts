import { describe, expect, test } from 'vitest'
import { fakeLog } from '../testing/fakes.ts'
import { createOpener, pages } from './opener.ts'

const loopback = 'http://127.0.0.1:23373'

function rig(origin: string | undefined, openExternal: (url: string) => Promise<void> = () => Promise.resolve()) {
  const opened: string[] = []
  const log = fakeLog()
  const opener = createOpener({
    openExternal: (url) => {
      opened.push(url)
      return openExternal(url)
    },
    consentOrigin: () => origin,
    log,
  })
  return { opener, opened, log }
}

const consent = `${loopback}/oauth/authorize?response_type=code&client_id=x&code_challenge=y&state=z`

const allowed: readonly (readonly [url: string, origin: string | undefined])[] = [
  [pages.terms, undefined],
  [pages.privacy, undefined],
  [pages.download, loopback],
  [pages.help, loopback],
  [consent, loopback],
  ['http://localhost:23373/oauth/authorize?state=z', 'http://localhost:23373'],
  ['http://[::1]:23373/oauth/authorize?state=z', 'http://[::1]:23373'],
  ['https://beeper.example/oauth/authorize?state=z', 'https://beeper.example'],
]

const refused: readonly string[] = [
  '',
  'x',
  '/etc/passwd',
  'file:///etc/passwd',
  'file://server/share/x.exe',
  'FILE:///etc/passwd',
  '\\\\server\\share\\x.exe',
  '//server/share',
  'smb://server/share',
  'ftp://www.beeper.com/terms',
  'ssh://www.beeper.com',
  'vscode://file/etc/passwd',
  'ms-msdt:/id PCWDiagnostic',
  'search-ms:query=x',
  'itms-services://?action=download-manifest',
  'x-apple.systempreferences:',
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,<script>1</script>',
  'blob:https://www.beeper.com/1',
  'about:blank',
  'mailto:help@beeper.com',
  'tel:110',
  'app://ui/index.html',
  'http://www.beeper.com/privacy',
  'https://www.beeper.com',
  'https://www.beeper.com/',
  'https://www.beeper.com/privacy/',
  'https://www.beeper.com/privacy?next=https://evil.example',
  'https://www.beeper.com/privacy#x',
  'https://www.beeper.com:444/privacy',
  'https://WWW.BEEPER.COM/privacy',
  'https://www.beeper.com./privacy',
  'https://user@www.beeper.com/privacy',
  'https://www.beeper.com@evil.example/privacy',
  'https://www.beeper.com.evil.example/privacy',
  'https://evil.example/privacy',
  'https://www.bеeper.com/privacy',
  'https://www.beeper.com\\@evil.example/privacy',
  'https://www.beeper.com/privacy\n',
  'https://www.beeper.com/privacy\0',
  '\u202ehttps://www.beeper.com/privacy',
  'https:\\\\www.beeper.com\\privacy',
  'https://help.beeper.com',
  `${loopback}/`,
  `${loopback}/oauth/token`,
  `${loopback}/oauth/authorize/../../v1/info`,
  `${loopback}/oauth/authorize/`,
  `${loopback}/%6fauth%2Fauthorize`,
  `${loopback}/x%5Coauth`,
  `${loopback}/%zz`,
  `${loopback}/oauth/%61uthorize`,
  `${loopback}//oauth/authorize`,
  `${loopback}/OAuth/authorize`,
  'http://127.0.0.1:23374/oauth/authorize?state=z',
  'http://localhost:23373/oauth/authorize?state=z',
  'https://127.0.0.1:23373/oauth/authorize?state=z',
  'http://127.1:23373/oauth/authorize',
  'http://2130706433:23373/oauth/authorize',
  'http://user:password@127.0.0.1:23373/oauth/authorize',
  'http://127.0.0.1:23373@evil.example/oauth/authorize',
  `${consent}#fragment`,
  `${consent} --inspect`,
  `${consent}\t`,
  `${consent}&x=${'x'.repeat(8000)}`,
]

describe('WIN-5: to the outside only what is on the list', () => {
  test.each(allowed)('WIN-5: opens %s', async (url, origin) => {
    const { opener, opened } = rig(origin)
    expect(await opener.openPage(url)).toEqual({ ok: true, value: undefined })
    expect(opened).toEqual([url])
  })

  test(`WIN-5: 60 URLs are refused`, async () => {
    expect(refused.length).toBeGreaterThanOrEqual(60)
    for (const url of refused) {
      const { opener, opened } = rig(loopback)
      expect(await opener.openPage(url), url).toMatchObject({ ok: false, problem: { code: 'command.refused' } })
      expect(opened, url).toEqual([])
    }
  })

  test.each([
    'http://192.168.1.5:23373',
    'http://evil.example',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'null',
    '',
  ])('WIN-5: no consent page in the clear at %s', async (origin) => {
    const { opener, opened } = rig(origin)
    expect(await opener.openPage(`${origin}/oauth/authorize`)).toMatchObject({ ok: false })
    expect(opened).toEqual([])
  })

  test('WIN-5: without a Beeper there is no consent page', async () => {
    expect(await rig(undefined).opener.openPage(consent)).toMatchObject({ ok: false })
  })
})

/** What is opened, and as what. */
const followed: readonly (readonly [link: string, origin: string | undefined, opened?: string])[] = [
  ['https://chat.example.com/help', undefined],
  ['https://chat.example.com/help?a=b&c=%2F#d', loopback],
  ['https://chat.example.com', undefined, 'https://chat.example.com/'],
  ['HTTPS://CHAT.EXAMPLE.COM/Help', undefined, 'https://chat.example.com/Help'],
  ['https://chat.example.com:8443/', undefined],
  ['https://chat.example.com:443/', undefined, 'https://chat.example.com/'],
  ['https://chat.example.com/a/../b', undefined, 'https://chat.example.com/b'],
  ['https://chat.example.com/ü', undefined, 'https://chat.example.com/%C3%BC'],
  ['https://bücher.example/', undefined, 'https://xn--bcher-kva.example/'],
  ['https://chat.example.com./', undefined],
  ['https://192.0.2.7/', undefined],
  ['https://[2001:db8::1]/', undefined],
  ['https://localhost/', undefined],
  ['https://chat.example.com/oauth/authorize?a=b', loopback],
  [`https://chat.example.com/${'x'.repeat(7_000)}`, undefined],
  // The pretend websites of a demo on this computer.
  [`${loopback}/_sim/site/slackgo/token/cookies/slack.com/signin`, loopback],
  ['http://localhost:23373/_sim/site/x', 'http://localhost:23373'],
  ['http://[::1]:23373/_sim/site/x', 'http://[::1]:23373'],
  ['https://beeper.example/_sim/site/x', 'https://beeper.example'],
]

const kept: readonly string[] = [
  '', 'x', ' ', 'chat.example.com', '//chat.example.com/', '/etc/passwd', 'https:', 'https://', 'https:///', 'https://?x', 'https://#x', 'https://:443/',
  'http://chat.example.com/', 'HTTP://chat.example.com/', 'http://192.168.1.5:23373/_sim/x', 'http://127.0.0.1/', 'http://127.0.0.1:23374/_sim/x', 'http://localhost:23373/x', 'https://127.0.0.1:23373@evil.example/',
  'file:///etc/passwd', 'file://server/share/x.exe', 'FILE:///etc/passwd', '\\\\server\\share\\x.exe', '//server/share', 'smb://server/share', 'ftp://chat.example.com/',
  'ssh://chat.example.com', 'ws://chat.example.com/', 'wss://chat.example.com/', 'vscode://file/etc/passwd', 'slack://T0EXAMPLE1/magic-login/1', 'tg://login?token=x', 'sgnl://linkdevice?uuid=x',
  'intent://chat.example.com#Intent;end', 'ms-msdt:/id PCWDiagnostic', 'search-ms:query=x', 'itms-services://?action=download-manifest', 'x-apple.systempreferences:', 'steam://run/1',
  'javascript:alert(1)', 'JavaScript:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,<script>1</script>', 'blob:https://chat.example.com/1', 'about:blank', 'view-source:https://chat.example.com/',
  'filesystem:https://chat.example.com/temporary/x', 'chrome://settings', 'mailto:help@example.com', 'tel:110', 'app://ui/index.html', 'https:/\0/chat.example.com/',
  // Names and passwords, to be taken for the host or to be sent along.
  'https://user@chat.example.com/', 'https://user:password@chat.example.com/', 'https://:password@chat.example.com/', 'https://www.beeper.com@evil.example/', 'https://www.beeper.com%40x@evil.example/',
  // What cannot be seen, and what turns round.
  'https://chat.example.com/\n', ' https://chat.example.com/', 'https://chat.example.com/\t', 'https://chat.exa\tmple.com/', 'https://chat.example.com/\0', 'https://chat.example.com/ --inspect', 'https://chat.example.com/\x7f',
  '\u202ehttps://chat.example.com/', 'https://chat.example.com/\u202efdp.exe', 'https://chat.exa\u00admple.com/', 'https://chat.exa\u200bmple.com/', 'https://chat.example.com/\ufeff', 'https://chat.example.com/\ud83e',
  'https://chat.example.com\\@evil.example/', 'https:\\\\chat.example.com\\', 'https://chat.example.com\\x',
  'https://chat example.com/', 'https://chat.example.com:99999/', 'https://%00.example/', 'https://[::1/', 'https://a|b/', 'https://chat.example.com%40evil.example/',
  // The page that gives permissions is for the app alone to ask for.
  consent, `${loopback}/oauth/authorize`, `${loopback}/x/../oauth/authorize?a=b`, `${loopback}/oauth/%61uthorize`, `${loopback}/OAuth/authorize`, `${loopback}//oauth/authorize`, `${loopback}/oauth/authorize/`, `${loopback}/%6fauth%2Fauthorize`, `${loopback}/x%5Coauth`, `${loopback}/%zz`,
  `http://user@127.0.0.1:23373/_sim/x`,
  `https://chat.example.com/${'x'.repeat(8_000)}`, `https://chat.example.com/${'ü'.repeat(2_000)}`,
] // prettier-ignore

describe('WIN-5: a link out of a text', () => {
  const rows = followed.map(([link, origin, opened = link]) => [link, origin, opened] as const)
  test.each(rows)('WIN-5: leads to %s', async (link, origin, expected) => {
    const { opener, opened } = rig(origin)
    expect(await opener.openLink(link)).toEqual({ ok: true, value: undefined })
    expect(opened).toEqual([expected])
  })

  test('WIN-5: 60 URLs lead nowhere', async () => {
    expect(kept.length).toBeGreaterThanOrEqual(60)
    for (const link of kept) {
      const { opener, opened } = rig(loopback)
      expect(await opener.openLink(link), link).toMatchObject({ ok: false, problem: { code: 'command.refused' } })
      expect(opened, link).toEqual([])
    }
  })

  test.each([
    undefined,
    'http://192.168.1.5:23373',
    'http://evil.example',
    'http://localhost.evil.example',
    'null',
    '',
  ])('WIN-5: leads to no Beeper in the clear that is elsewhere (%s)', async (origin) => {
    const { opener, opened } = rig(origin)
    for (const link of [`${origin ?? loopback}/_sim/site/x`, 'http://127.0.0.1:23373/_sim/site/x'])
      expect(await opener.openLink(link)).toMatchObject({ ok: false })
    expect(opened).toEqual([])
  })

  test('WIN-5: is none of the pages of the list, and those are no links', async () => {
    const { opener, opened } = rig(loopback)
    expect(await opener.openPage('https://chat.example.com/help')).toMatchObject({ ok: false })
    expect(opened).toEqual([])
  })

  test('SEC-2: is not logged, not even when it cannot be opened', async () => {
    const { opener, log } = rig(loopback, () =>
      Promise.reject(new Error('Failed to open: https://chat.example.com/SECRET')),
    )
    expect(await opener.openLink('https://chat.example.com/?code=SECRET')).toMatchObject({
      problem: { code: 'account.browser-failed', retry: 'now' },
    })
    await opener.openLink('https://user:SECRET@chat.example.com/SECRET')
    await opener.openLink('x SECRET')
    expect(log.lines.map(({ event }) => event)).toEqual(['opener.failed', 'opener.refused', 'opener.refused'])
    expect(JSON.stringify(log.lines)).not.toContain('SECRET')
  })
})

test('SEC-2: the state and challenge of a consent URL are not logged', async () => {
  const { opener, log } = rig(loopback, () => Promise.reject(new Error(`Failed to open: ${consent}`)))
  expect(await opener.openPage(consent)).toMatchObject({ ok: false, problem: { code: 'account.browser-failed' } })
  expect(log.lines.map(({ event }) => event)).toEqual(['opener.failed'])
  const other = rig('https://beeper.example')
  await other.opener.openPage(consent)
  expect(other.log.lines[0]?.facts).toEqual({ origin: loopback })
})
