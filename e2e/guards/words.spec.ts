import type { Page } from '@playwright/test'
import { en } from '#messages/en'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { connect, home } from '../pages/screens.ts'
import { expect, test } from '../rig/test.ts'

const long = 100_000

/** What a hostile or broken server may say, where a name or a sentence is expected. */
const texts: readonly string[] = [
  '<script>globalThis.wasRun = true</script>',
  '<img src=x onerror="globalThis.wasRun=true">',
  '<img src="RECORDER/picture">',
  '<svg onload="globalThis.wasRun=true"></svg>',
  '<iframe src="RECORDER/frame"></iframe>',
  '<a href="RECORDER/link">Click here</a>',
  '<a href="javascript:globalThis.wasRun=true">Click here</a>',
  '<style>* { display: none }</style>',
  '<link rel="stylesheet" href="RECORDER/sheet">',
  '<meta http-equiv="refresh" content="0; url=RECORDER/meta">',
  '<base href="RECORDER/">',
  '<form action="RECORDER/form"><button>Sign in</button></form>',
  '<input autofocus onfocus="globalThis.wasRun=true">',
  '<details open ontoggle="globalThis.wasRun=true">',
  '<math><mtext><script>globalThis.wasRun = true</script></mtext></math>',
  '"><script>globalThis.wasRun = true</script>',
  '\'"--></style></script><script>globalThis.wasRun = true</script>',
  '</main></body></html><h1>Another page</h1>',
  '<!-- never closed',
  '<![CDATA[<b>bold</b>]]>',
  '&lt;b&gt;bold&lt;/b&gt; &amp; &#60;i&#62;',
  '{@html "<b>bold</b>"} {1 + 1} ${1 + 1}',
  '{{constructor.constructor("globalThis.wasRun=true")()}}',
  '%3Cscript%3EglobalThis.wasRun=true%3C/script%3E',
  '\u202eecnalab ruoy\u202c',
  '\u2067right to left without an end',
  '\u202a\u202b\u202d\u202e\u2066\u2067\u2068 seven openings',
  '\u2069\u2069\u202c\u202c endings without a beginning',
  'שלום \u200fWhatsApp\u200f שלום',
  'WhatsApp\u0000hidden',
  'one\u0000two\u0001three\u001bfour\u007f',
  'a line\nanother line\r\n\ta third',
  '\u2028line\u2029paragraph',
  'W\u200bh\u200ca\u200dt\u2060s\ufeffApp',
  'Wh\u0430tsApp with a foreign letter',
  '\ud83d\ude00'.repeat(300),
  'a lone half \ud83d of a pair',
  `Z${'\u0301\u0308\u0329'.repeat(2_000)}algo`,
  'x'.repeat(long),
  'word '.repeat(long / 5),
]

/** A lone half of a pair may come in a JSON body; on its way to a page it becomes the sign for what cannot be read. */
const readable = (text: string): string => text.replaceAll(/\p{Surrogate}/gu, '\ufffd')

/** As much of a text as is shown. */
function cutAt(limit: number, text: string): string {
  const clean = text.replaceAll('\0', '\ufffd')
  return readable(clean.length <= limit ? clean : `${clean.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`)
}

interface Row {
  readonly texts: readonly string[]
  readonly isIsolated: boolean
  readonly height: number
}

/** The rows of the list of networks: their texts, and whether each text stands alone in its direction. */
function rows(page: Page): Promise<readonly Row[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll('main li'), (row) => {
      row.scrollIntoView()
      const found = [...row.querySelectorAll('bdi')]
      return {
        texts: found.map((one) => one.textContent),
        isIsolated: found.every((one) => getComputedStyle(one).unicodeBidi.startsWith('isolate')),
        height: row.getBoundingClientRect().height,
      }
    }),
  )
}

/** What no text may bring into the page. */
function intruders(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    // What folds on our own screens has a summary; none of the texts brings one.
    const strange =
      'script, style, link, meta, base, iframe, object, embed, form, math, details:not(:has(> summary)), a[href], img, ' +
      'video, b, i'
    const inside = Array.from(document.querySelectorAll(`main :is(${strange})`), (one) => one.outerHTML.slice(0, 80))
    return [...inside, ...('wasRun' in globalThis ? ['something was run'] : [])]
  })
}

test.use({ scenario: 'hundreds' })

test(
  `WIN-6: ${texts.length} hostile texts as names and as states of networks are text, cut and isolated`,
  { tag: '@guards' },
  async ({ desk, beeper, recorder }) => {
    const { networks } = beeper.world
    const made = [...networks.bridges.values()].filter(({ entry }) => /-\d{3}$/u.test(entry.bridge.id))
    const said = texts.map((text) => text.replaceAll('RECORDER', recorder.origin))
    for (const [index, text] of said.entries()) {
      const state = made[index]
      if (state === undefined) throw new Error('too few networks')
      state.entry.bridge.displayName = text
      state.status = 'temporarily_unavailable'
      state.statusText = text
    }
    // Only those, so that each of them is drawn.
    for (const { entry } of [...networks.bridges.values()])
      if (!said.includes(entry.bridge.displayName)) networks.bridges.delete(entry.bridge.id)
    await desk.rememberSignIn(beeper.origin, await beeper.control.token({ source: 'account' }))

    const { window } = await desk.start()
    await window.getByRole('button', { name: en.home.add }).click()
    await connect.shown(window)
    await expect(window.locator('main li')).toHaveCount(said.length)

    const shown = await rows(window)
    const found = shown.map((row) => row.texts.map(readable).join(' / '))
    expect(found.sort()).toEqual(said.map((text) => `${cutAt(200, text)} / ${cutAt(2_000, text)}`).sort())
    for (const row of shown) {
      expect(row.isIsolated, row.texts[0]?.slice(0, 40)).toBe(true)
      expect(row.height, row.texts[0]?.slice(0, 40)).toBeLessThan(240)
    }
    const sideways = await window.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return scrollWidth - clientWidth
    })
    expect(sideways, 'nothing sticks out of the window').toBeLessThanOrEqual(0)
    expect(await intruders(window)).toEqual([])
    expect(recorder.hits()).toEqual([])
  },
)

test.describe('with accounts', () => {
  test.use({ scenario: 'ready' })

  test('WIN-6: so are the states of accounts on Home', { tag: '@guards' }, async ({ desk, beeper, recorder }) => {
    const accounts = await beeper.control.accounts()
    const said = texts.slice(0, 6).map((text) => text.replaceAll('RECORDER', recorder.origin))
    await desk.rememberSignIn(beeper.origin, await beeper.control.token({ source: 'account' }))
    const { window } = await desk.start()
    await home.shown(window)
    for (const text of said) {
      for (const { accountID, bridge } of accounts)
        if (bridge.type !== 'matrix') await beeper.control.account({ accountID, status: 'attention_required', text })
      await window.evaluate(() =>
        (
          globalThis as unknown as { drawbridge: { networks: { refresh: () => unknown } } }
        ).drawbridge.networks.refresh(),
      )
      await expect(window.getByText(text, { exact: true }).first()).toBeVisible()
      expect(await intruders(window)).toEqual([])
    }
    expect(recorder.hits()).toEqual([])
  })
})

test('WIN-6: the lint refuses {@html}', { tag: '@guards' }, () => {
  const root = join(import.meta.dirname, '..', '..')
  const eslint = join(root, 'node_modules/eslint/bin/eslint.js')
  const { stdout } = spawnSync(process.execPath, [eslint, '--print-config', 'src/renderer/App.svelte'], {
    cwd: root,
    encoding: 'utf8',
  })
  const { rules } = JSON.parse(stdout) as { rules: Record<string, unknown> }
  expect(rules['svelte/no-at-html-tags']).toEqual([2])
})
