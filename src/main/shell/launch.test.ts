import { place as placeShape } from '#contract/commands'
import type { Place } from '#contract/view'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLaunch } from './launch.ts'
import type { Launch } from './launch.ts'

const nothing: Launch = { isDemo: false, place: undefined }
const demo: Launch = { isDemo: true, place: undefined }
const to = (place: Place, isDemo = false): Launch => ({ isDemo, place })
const id = 'abc-1.2_3'
const longest = 'x'.repeat(128)

/** Argument lists and links, and what they say. */
const table: readonly (readonly [argv: readonly string[], launch: Launch])[] = [
  // What the grammar has, alone and among what Chromium adds and reorders.
  [[], nothing],
  [['--demo'], demo],
  [['/usr/bin/drawbridge', '--no-first-run', '--demo', '.'], demo],
  [['--demo', '--demo'], demo],
  [['--go=go-on'], to({ at: 'go-on' })],
  [['--go=find'], to({ at: 'find' })],
  [['--go=connect'], to({ at: 'connect' })],
  [['--go=home'], to({ at: 'home' })],
  [['--go=settings'], to({ at: 'settings' })],
  [[`--go=connection:${id}`], to({ at: 'connection', connectionID: id })],
  [[`--go=connection:${longest}`], to({ at: 'connection', connectionID: longest })],
  [['--original-process-start-time=1', '--go=find', '--demo'], to({ at: 'find' }, true)],
  [['--go=settings', '--allow-file-access-from-files', '--demo'], to({ at: 'settings' }, true)],
  [['--go=connect', '--go=home'], to({ at: 'connect' })],
  [['--go=nowhere', '--go=home'], to({ at: 'home' })],
  [['--', '--go=home'], to({ at: 'home' })],
  // Nearly the demo.
  ...[
    '-demo', 'demo', '--Demo', '--DEMO', '--demo=', '--demo=1', '--demo=true', '--demo ', ' --demo', '--demo\0', '--demo\n', '--demos',
    '--no-demo', '/demo', '–demo', '—demo', '\u2010-demo', '--demo\u200b', '\ufeff--demo', '--d\u0435mo', '%2d%2ddemo', 'demo=true',
    'isDemo', '--isDemo', '{"isDemo":true}', '--go=demo',
  ].map((argument) => [[argument], nothing] as const),
  // Nearly a place.
  ...[
    '--go', '--go=', '--go home', '--go=Home', '--go= home', '--go=home ', '--go=home/', '--go=home?x', '--go=home#x', '--go=home\0',
    '--go=Settings', '--go=settings?x=1', '--go=settings:keychain', '--go=settings/sign-out', '--go=connection', '--go=connection:',
    '--go=connection:a/b', '--go=connection:../x', '--go=connection:a b', '--go=connection:<b>', '--go=connection:a\nb',
    '--go=connection:ä', `--go=connection:${longest}x`, '--go=connection:a:b', '--go=Connection:a', '--go={"at":"home"}',
    '--go=__proto__', '--go=constructor', '--go=toString', '--goto=home', '-go=home', 'go=home', '--GO=home', '--go:home',
    '{"at":"home"}', 'home', 'settings',
  ].map((argument) => [[argument], nothing] as const),
  // Commands and secrets that are not for arguments.
  ...[
    '--go=account.signOut', '--sign-out', '--token=SECRET', '--go=token:SECRET', '--use=http://127.0.0.1:23373', '--origin=https://evil.example',
    '--go=find?address=https://evil.example', '--go=find:https://evil.example', '--go=connect:local-whatsapp', '--allow=https://evil.example',
    '--code=123456', '--email=sam@example.com', '--recovery-key=EsTc', '--forget=all', '--quit', '--port=1',
  ].map((argument) => [[argument], nothing] as const),
  // Links.
  ...[
    'drawbridge://', 'drawbridge://home', 'drawbridge://settings', 'drawbridge://go?demo', 'drawbridge://go=home', 'drawbridge:--demo',
    'drawbridge:--go=home', 'beeper://home', 'beeper://connect?token=SECRET', 'app://ui/', 'app://ui/#settings', 'file:///etc/passwd',
    'https://evil.example', 'https://evil.example/--demo', 'https://evil.example/?--go=home', 'http://127.0.0.1:23373/v1/info',
    'javascript:alert(1)', 'data:text/html,x', 'mailto:a@b', '--go=javascript:alert(1)', '--go=file:///etc/passwd',
    '--go=https://evil.example', '--go=drawbridge://home',
  ].map((argument) => [[argument], nothing] as const),
  // Switches of Chromium, Electron and Node.
  ...[
    '--inspect', '--inspect=0.0.0.0:9229', '--remote-debugging-port=9222', '--no-sandbox', '--disable-web-security',
    '--ignore-certificate-errors', '--load-extension=/tmp/x', '--proxy-server=evil:1', '--js-flags=--expose-gc', '--user-data-dir=/tmp/x',
    '--app=/tmp/x', '--require=/tmp/x.js', '-r', '/tmp/x.js', '--enable-logging', '--log-file=/tmp/x', '--renderer-cmd-prefix=sh',
    '--gpu-launcher=sh', '--utility-cmd-prefix=sh', '--host-rules=MAP * evil', '--password-store=basic', '--lang=en', '--hidden',
  ].map((argument) => [[argument], nothing] as const),
  // Noise.
  ...[
    '', '-', '--', '=', '.', '..', '/', 'C:\\', '\\\\server\\share', '~', '$HOME', '`id`', '$(id)', '; id', '| id', '&& id', '%00', '\0', '{}',
    '[]', 'null', 'undefined', 'true', '1', '-1', 'x'.repeat(100_000),
  ].map((argument) => [[argument], nothing] as const),
] // prettier-ignore

describe(`ORI-8: ${String(table.length)} argument lists and links, of which ${String(table.filter(([, launch]) => launch !== nothing).length)} say something`, () => {
  test.each(table.map(([argv, launch], index) => [index + 1, argv, launch] as const))(
    'ORI-8: number %i',
    (_, argv, launch) => {
      expect(parseLaunch(argv), JSON.stringify(argv)).toEqual(launch)
    },
  )
})

test('ORI-8: the table has at least 100 rows, no two alike, and names every place', () => {
  const rows = table.map(([argv]) => JSON.stringify(argv))
  expect(rows.length).toBeGreaterThanOrEqual(100)
  expect(new Set(rows).size).toBe(rows.length)
  const places: readonly Place['at'][] = ['go-on', 'find', 'connect', 'connection', 'home', 'settings']
  expect(new Set(table.flatMap(([, { place }]) => place?.at ?? []))).toEqual(new Set(places))
})

test('ORI-8: all that says nothing says nothing together, too', () => {
  const ignored = table.filter(([, launch]) => launch === nothing).flatMap(([argv]) => argv)
  for (let from = 0; from < ignored.length; from += 100)
    expect(parseLaunch(ignored.slice(from, from + 100))).toEqual(nothing)
})

test('ORI-8: the order does not matter, and strangers do no harm', () => {
  const noise = fc.array(fc.string(), { maxLength: 20 })
  fc.assert(
    fc.property(noise, noise, (before, after) => {
      fc.pre(![...before, ...after].some((argument) => argument.startsWith('--go=') || argument === '--demo'))
      const home = to({ at: 'home' }, true)
      expect(parseLaunch([...before, '--go=home', ...after, '--demo'])).toEqual(home)
      expect(parseLaunch(['--demo', ...after, '--go=home', ...before])).toEqual(home)
    }),
    { seed: 8, numRuns: 300 },
  )
})

test('ORI-8: whatever is given, it names a place of the table or nothing at all', () => {
  const word = fc.constantFrom(...table.flatMap(([argv]) => argv.filter((argument) => argument.length < 200)))
  const argument = fc.oneof(word, fc.string(), fc.string().map((text) => `--go=${text}`), fc.string().map((text) => `--go=connection:${text}`)) // prettier-ignore
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 30 }), (argv) => {
      const { isDemo, place, ...more } = parseLaunch(argv)
      expect(more).toEqual({})
      expect(isDemo).toBe(argv.includes('--demo'))
      if (place === undefined) return
      expect(placeShape.parse(place)).toEqual(place)
      const text = place.at === 'connection' ? `connection:${place.connectionID}` : place.at
      expect(argv).toContain(`--go=${text}`)
    }),
    { seed: 8, numRuns: 1_000 },
  )
})

test('ORI-8: a list without end is not read to its end', () => {
  expect(parseLaunch([...Array<string>(200).fill('x'), '--demo', '--go=home'])).toEqual(nothing)
})
