import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseLaunch } from './launch.ts'

const nothing = { isDemo: false, place: undefined }

test.each([
  [[], nothing],
  [['--demo'], { isDemo: true, place: undefined }],
  [['/usr/bin/drawbridge', '--no-first-run', '--demo', '.'], { isDemo: true, place: undefined }],
  [['--go=home'], { isDemo: false, place: { at: 'home' } }],
  [['--go=go-on'], { isDemo: false, place: { at: 'go-on' } }],
  [['--go=connection:abc-1.2_3'], { isDemo: false, place: { at: 'connection', connectionID: 'abc-1.2_3' } }],
  [['--original-process-start-time=1', '--go=find', '--demo'], { isDemo: true, place: { at: 'find' } }],
  [['--go=connect', '--go=home'], { isDemo: false, place: { at: 'connect' } }],
])('ORI-8: %j', (argv, launch) => {
  expect(parseLaunch(argv)).toEqual(launch)
})

const ignored = [
  '',
  '-',
  '--',
  '-demo',
  'demo',
  '--Demo',
  '--DEMO',
  '--demo=',
  '--demo=1',
  '--demo ',
  ' --demo',
  '--demo\0',
  '--demos',
  '--no-demo',
  '/demo',
  '--go',
  '--go=',
  '--go home',
  '--go=Home',
  '--go= home',
  '--go=home ',
  '--go=home/',
  '--go=home?x',
  '--go=home#x',
  '--go=settings',
  '--go=connection',
  '--go=connection:',
  '--go=connection:a/b',
  '--go=connection:../x',
  '--go=connection:a b',
  '--go=connection:<b>',
  '--go=connection:a\nb',
  '--go=connection:ä',
  `--go=connection:${'x'.repeat(129)}`,
  '--go=__proto__',
  '--go=constructor',
  '--go=toString',
  '--go=javascript:alert(1)',
  '--go=file:///etc/passwd',
  '--go=https://evil.example',
  '--goto=home',
  '-go=home',
  'go=home',
  'drawbridge://home',
  'drawbridge://go?demo',
  'beeper://home',
  'app://ui/',
  'file:///etc/passwd',
  'https://evil.example/--demo',
  '--inspect',
  '--inspect=0.0.0.0:9229',
  '--remote-debugging-port=9222',
  '--no-sandbox',
  '--disable-web-security',
  '--ignore-certificate-errors',
  '--load-extension=/tmp/x',
  '--proxy-server=evil:1',
  '--js-flags=--expose-gc',
  '--user-data-dir=/tmp/x',
  '--app=/tmp/x',
  '--require=/tmp/x.js',
  '-r',
  '/tmp/x.js',
  '--enable-logging',
  '--log-file=/tmp/x',
  '--renderer-cmd-prefix=sh',
  '--gpu-launcher=sh',
  '--utility-cmd-prefix=sh',
  '.',
  '..',
  '/',
  'C:\\',
  '\\\\server\\share',
  '~',
  '$HOME',
  '`id`',
  '$(id)',
  '; id',
  '| id',
  '&& id',
  '%00',
  '%2d%2ddemo',
  '–demo',
  '—demo',
  '\u2010-demo',
  '--demo\u200b',
  '\ufeff--demo',
  '--d\u0435mo',
  '{}',
  '[]',
  'null',
  'undefined',
  '{"isDemo":true}',
  '{"at":"home"}',
  'isDemo',
  'demo=true',
  '--go=demo',
  'true',
  '1',
  '-1',
  'x'.repeat(100_000),
]

test('ORI-8: 100 argument lists that say nothing', () => {
  expect(ignored.length).toBeGreaterThanOrEqual(100)
  for (const argument of ignored) expect(parseLaunch([argument]), JSON.stringify(argument)).toEqual(nothing)
  expect(parseLaunch(ignored)).toEqual(nothing)
})

test('ORI-8: the order does not matter, and strangers do no harm', () => {
  const noise = fc.array(fc.string(), { maxLength: 20 })
  fc.assert(
    fc.property(noise, noise, (before, after) => {
      fc.pre(![...before, ...after].some((argument) => argument.startsWith('--go=') || argument === '--demo'))
      expect(parseLaunch([...before, '--go=home', ...after, '--demo'])).toEqual({ isDemo: true, place: { at: 'home' } })
    }),
    { seed: 8, numRuns: 300 },
  )
})
