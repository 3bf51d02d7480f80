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

test('SEC-2: the state and challenge of a consent URL are not logged', async () => {
  const { opener, log } = rig(loopback, () => Promise.reject(new Error(`Failed to open: ${consent}`)))
  expect(await opener.openPage(consent)).toMatchObject({ ok: false, problem: { code: 'account.browser-failed' } })
  expect(log.lines.map(({ event }) => event)).toEqual(['opener.failed'])
  const other = rig('https://beeper.example')
  await other.opener.openPage(consent)
  expect(other.log.lines[0]?.facts).toEqual({ origin: loopback })
})
