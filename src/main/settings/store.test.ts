import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fakeLog } from '../testing/fakes.ts'
import type { Settings } from '../ports.ts'
import { freshSettings } from './schema.ts'
import { openSettings } from './store.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'))
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
})

const file = () => join(folder, 'settings.json')
const intent = {
  operation: 'appSetupRegister',
  origin: 'http://127.0.0.1:23373',
  openedAt: '2024-01-01T00:00:00.000Z',
} as const
const full: Omit<Settings, 'version'> = {
  window: { x: 1, y: 2, width: 960, height: 680, isMaximized: false },
  ports: [23373, 24000],
  isContentProtected: false,
  progress: {
    origin: intent.origin,
    newKeys: [
      {
        origin: intent.origin,
        userID: '@sam:beeper.com',
        before: { isKept: true, madeAtMs: 1_700_000_000_000 },
        isSent: true,
      },
    ],
    keyRemindersDismissed: [intent.origin, 'https://beeper.example.com'],
    servers: [
      {
        origin: intent.origin,
        name: 'Beeper',
        version: '4.3.0',
        kind: 'desktop',
        givenName: 'Office',
        lastState: 'signed-in',
        allowedAt: intent.openedAt,
        marker: { userID: '@a:beeper.com', savedAt: intent.openedAt, source: 'oauth', expiresAtMs: 1 },
      },
    ],
    request: { origin: intent.origin, sentAt: intent.openedAt },
    email: 'a@example.com',
    isFirstRunDone: true,
    intents: [intent],
    sessions: [
      {
        origin: intent.origin,
        bridgeID: 'b',
        loginSessionID: 's',
        networkName: 'Signal',
        networkType: 'signal',
        flowID: 'qr',
        openedAt: intent.openedAt,
      },
    ],
  },
}

test('settings: a fresh profile starts with the defaults and writes nothing', () => {
  const settings = openSettings(folder, fakeLog())
  expect(settings.read()).toEqual(freshSettings)
  expect(settings.read().ports).toEqual(Array.from({ length: 20 }, (_, n) => 23373 + n))
  expect(readdirSync(folder)).toEqual([])
})

test('ONE-1: a change is on the disk when update resolves, and the next launch reads it', async () => {
  const settings = openSettings(folder, fakeLog())
  expect(await settings.update(full)).toEqual({ ok: true, value: undefined })
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ version: 1, ...full })
  expect(openSettings(folder, fakeLog()).read()).toEqual({ version: 1, ...full })
})

test('ONE-1: many changes at once all hold, in order, and each answer comes after its own', async () => {
  const settings = openSettings(folder, fakeLog())
  const updates = Array.from({ length: 50 }, async (_, n) => {
    await settings.update({ ports: [n + 1] })
    const { ports } = JSON.parse(readFileSync(file(), 'utf8')) as { ports: number[] }
    expect(ports[0]).toBeGreaterThanOrEqual(n + 1)
  })
  expect(settings.read().ports).toEqual([50])
  await Promise.all(updates)
  await settings.settled()
  expect(openSettings(folder, fakeLog()).read().ports).toEqual([50])
  expect(readdirSync(folder)).toEqual(['settings.json'])
})

test('settings: a member set to undefined goes away', async () => {
  const settings = openSettings(folder, fakeLog())
  await settings.update(full)
  await settings.update({ window: undefined, isContentProtected: undefined, progress: freshSettings.progress })
  expect(openSettings(folder, fakeLog()).read()).toEqual({ ...freshSettings, ports: [23373, 24000] })
})

test('SEC-5: the file is 0600 and the folder 0700, also where they were not', async () => {
  chmodSync(folder, 0o755)
  writeFileSync(file(), JSON.stringify(freshSettings), { mode: 0o644 })
  const settings = openSettings(folder, fakeLog())
  await settings.update({ ports: [1] })
  expect(statSync(file()).mode & 0o777).toBe(0o600)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

describe('RUN-6: a profile that cannot be read is set aside, and the app starts', () => {
  const good = JSON.stringify({ version: 1, ...full })
  const broken: readonly (readonly [string, string | Buffer])[] = [
    ['empty', ''],
    ['cut in the middle', good.slice(0, 100)],
    ['cut by one byte', good.slice(0, -1)],
    ['zeros', Buffer.alloc(4096)],
    ['binary', Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0x80])],
    ['HTML', '<html></html>'],
    ['null', 'null'],
    ['a number', '5'],
    ['a list', '[]'],
    ['an empty object', '{}'],
    ['a later version', JSON.stringify({ ...freshSettings, version: 2 })],
    ['no version', JSON.stringify({ ports: [1], progress: freshSettings.progress })],
    ['a port of text', JSON.stringify({ ...freshSettings, ports: ['23373'] })],
    ['port 70000', JSON.stringify({ ...freshSettings, ports: [70_000] })],
    ['no progress', JSON.stringify({ version: 1, ports: [1] })],
    [
      'an unknown operation',
      JSON.stringify({
        ...freshSettings,
        progress: { ...freshSettings.progress, intents: [{ ...intent, operation: 'other' }] },
      }),
    ],
    [
      'a session without an ID',
      JSON.stringify({ ...freshSettings, progress: { ...freshSettings.progress, sessions: [{}] } }),
    ],
    [
      'no list of servers',
      JSON.stringify({ ...freshSettings, progress: { ...freshSettings.progress, servers: undefined } }),
    ],
    ['a server of an unknown kind', good.replace('"kind":"desktop"', '"kind":"toaster"')],
    ['a note of a sign-in that does not say how it came about', good.replace(',"source":"oauth"', '')],
    ['an end of a permission in words', good.replace('"expiresAtMs":1', '"expiresAtMs":"soon"')],
    ['a note of a new key that does not say where', good.replace(/"newKeys":\[\{"origin":"[^"]+",/u, '"newKeys":[{')],
    ['a note of a new key made at some time', good.replace('"madeAtMs":1700000000000', '"madeAtMs":"today"')],
    ['a note of a new key after nothing', good.replace('"isKept":true', '"isKept":null')],
    ['a note of a new key that may be sent', good.replace('"isSent":true', '"isSent":"perhaps"')],
    ['reminders put away for numbers', good.replace('"keyRemindersDismissed":["', '"keyRemindersDismissed":[5,"')],
    [
      'reminders put away for one text',
      good.replace(/"keyRemindersDismissed":\[[^\]]+\]/u, '"keyRemindersDismissed":"all"'),
    ],
    [
      'a window that may be in pictures in words',
      good.replace('"isContentProtected":false', '"isContentProtected":"no"'),
    ],
    ['a window without a size', JSON.stringify({ ...freshSettings, window: { x: 1, y: 1, isMaximized: false } })],
    ['4 MB', `${good.slice(0, -1)},"x":"${'x'.repeat(4_000_000)}"}`],
    ['deep nesting', '['.repeat(100_000)],
  ]
  test.each(broken)('RUN-6: %s', async (_name, content) => {
    expect(content).not.toBe(good)
    writeFileSync(file(), content)
    const log = fakeLog()
    const settings = openSettings(folder, log)
    expect(settings.wasBroken).toBe(true)
    expect(settings.read()).toEqual(freshSettings)
    expect(readFileSync(join(folder, 'settings.json.broken-1')).equals(Buffer.from(content))).toBe(true)
    expect(existsSync(file())).toBe(false)
    expect(log.lines.map(({ event }) => event)).toEqual(['settings.set-aside'])
    expect(await settings.update({ ports: [5] })).toMatchObject({ ok: true })
    expect(openSettings(folder, fakeLog()).read().ports).toEqual([5])
  })

  test('RUN-6: a folder in its place', async () => {
    mkdirSync(file())
    const settings = openSettings(folder, fakeLog())
    expect(settings.wasBroken).toBe(true)
    expect(await settings.update({ ports: [5] })).toMatchObject({ ok: true })
  })

  test('RUN-6: the second broken file does not replace the first, and there is an end to it', () => {
    for (let n = 1; n <= 25; n += 1) {
      writeFileSync(file(), `broken ${n}`)
      openSettings(folder, fakeLog())
    }
    expect(readFileSync(join(folder, 'settings.json.broken-1'), 'utf8')).toBe('broken 1')
    expect(readFileSync(join(folder, 'settings.json.broken-20'), 'utf8')).toBe('broken 25')
    expect(readdirSync(folder)).toHaveLength(20)
  })

  test('RUN-6: a file of a run that knew of no keys is read as it is', () => {
    const { newKeys: _keys, keyRemindersDismissed: _dismissed, ...progress } = full.progress
    const { isContentProtected: _isProtected, ...older } = { version: 1 as const, ...full, progress }
    writeFileSync(file(), JSON.stringify(older))
    const settings = openSettings(folder, fakeLog())
    expect(settings.wasBroken).toBe(false)
    expect(settings.read()).toEqual(older)
  })

  test('RUN-6: unknown members of a good file do no harm', () => {
    writeFileSync(file(), JSON.stringify({ ...freshSettings, later: true }))
    expect(openSettings(folder, fakeLog()).read()).toEqual(freshSettings)
  })

  test('RUN-6: leftovers of a write that was cut short are removed', () => {
    writeFileSync(join(folder, 'settings.json.tmp-0123456789abcdef'), 'half')
    openSettings(folder, fakeLog())
    expect(readdirSync(folder)).toEqual([])
  })

  test('RUN-6: a disk that takes nothing is said, and the change holds for this run', async () => {
    // A file where the folder should be: fails for root too, who may write everywhere.
    const blocked = join(folder, 'file')
    writeFileSync(blocked, '')
    const log = fakeLog()
    const settings = openSettings(blocked, log)
    expect(await settings.update({ ports: [7] })).toMatchObject({
      ok: false,
      problem: { code: 'unexpected', retry: 'later' },
    })
    expect(settings.read().ports).toEqual([7])
    expect(log.lines.at(-1)?.event).toBe('settings.unwritable')
    await settings.settled()
  })

  test('RUN-6: after a failed write the next one that works carries both changes', async () => {
    const late = join(folder, 'late')
    writeFileSync(late, '')
    const settings = openSettings(late, fakeLog())
    expect(await settings.update({ ports: [7] })).toMatchObject({ ok: false })
    rmSync(late)
    expect(await settings.update({ window: full.window })).toMatchObject({ ok: true })
    expect(openSettings(late, fakeLog()).read()).toMatchObject({ ports: [7], window: full.window })
  })
})
