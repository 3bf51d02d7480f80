import type { ElectronApplication } from '@playwright/test'
import { find } from '../pages/screens.ts'
import { expect, test } from '../rig/test.ts'
import { reachOut } from './reach-out.ts'

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; " +
  "font-src 'self'; img-src 'self' data:; media-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html"

/** Fetches as main would, past everything that holds a page back. */
function statusOf(app: ElectronApplication, urls: readonly string[]): Promise<readonly number[]> {
  return app.evaluate(
    ({ net }, wanted) =>
      Promise.all(
        wanted.map((url) =>
          net.fetch(url).then(
            ({ status }) => status,
            () => 0,
          ),
        ),
      ),
    urls,
  )
}

test(
  'WIN-2: the page comes with exactly this policy, also where nothing is found',
  { tag: '@guards' },
  async ({ desk }) => {
    const { app, window } = await desk.start()
    await find.shown(window)
    const headers = await app.evaluate(
      ({ net }, urls) =>
        Promise.all(
          urls.map(async (url) => {
            const found = await net.fetch(url)
            return [
              found.status,
              found.headers.get('content-security-policy'),
              found.headers.get('x-content-type-options'),
            ]
          }),
        ),
      ['app://ui/index.html', 'app://ui/nothing.js'],
    )
    expect(headers).toEqual([
      [200, policy, 'nosniff'],
      [404, policy, 'nosniff'],
    ])
  },
)

const outside = [
  'app://ui/../main/index.js',
  'app://ui/../../package.json',
  'app://ui/../../../../../../etc/passwd',
  'app://ui/%2e%2e/main/index.js',
  'app://ui/%2e%2e%2fmain%2findex.js',
  'app://ui/..%2fmain/index.js',
  'app://ui/..%5cmain%5cindex.js',
  'app://ui/assets/../../main/index.js',
  'app://ui/assets/..%2f..%2fmain/index.js',
  'app://ui/assets/%2e%2e/%2e%2e/main/index.js',
  'app://ui/assets/%252e%252e/%252e%252e/main/index.js',
  'app://ui/....//main/index.js',
  'app://ui/.../main/index.js',
  'app://ui/..;/main/index.js',
  'app://ui/..\\main\\index.js',
  'app://ui//etc/passwd',
  'app://ui///etc/passwd.json',
  'app://ui/etc/passwd',
  'app://ui/index.html%00.js',
  'app://ui/index.html/../../main/index.js',
  'app://ui/assets/',
  'app://ui/assets',
  'app://ui/.env',
  'app://ui/assets/.hidden.js',
  'app://ui/C:/Windows/win.ini',
  'app://ui/file:///etc/passwd',
  'app://ui/proc/self/environ',
  'app://ui/preload/index.cjs',
  'app://ui/index.htm',
  'app://ui/assets/%c0%ae%c0%ae/main/index.js',
  'app://other/index.html',
  'app://ui.evil/index.html',
]

test('WIN-2: no path leads out of the folder of the page', { tag: '@guards' }, async ({ desk }) => {
  const { app } = await desk.start()
  const found = await statusOf(app, outside)
  const open = outside.filter((_url, index) => found[index] !== 404)
  expect(open).toEqual([])
  expect(await statusOf(app, ['app://ui/index.html', 'app://ui/'])).toEqual([200, 200])
})

test(
  'WIN-2: the page reaches nobody and runs nothing that did not come with it',
  { tag: '@guards' },
  async ({ desk, recorder }) => {
    const { app, window } = await desk.start()
    await find.shown(window)
    const reached = await reachOut(window, recorder.origin)
    expect(reached.ran, 'ways that worked').toEqual([])
    expect(reached.refusedBy).toEqual(
      expect.arrayContaining([
        'base-uri',
        'connect-src',
        'font-src',
        'form-action',
        'frame-src',
        'img-src',
        'media-src',
        'require-trusted-types-for',
        'script-src-elem',
        'style-src-attr',
        'style-src-elem',
        'trusted-types',
      ]),
    )
    expect(recorder.hits()).toEqual([])
    expect(await statusOf(app, [`${recorder.origin}/heard`]), 'the recorder does hear').toEqual([200])
    expect(recorder.hits()).toEqual(['GET /heard'])
  },
)
