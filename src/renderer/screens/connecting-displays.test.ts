// What a connection displays to be scanned, typed or tapped.
import { fake, open } from '../gallery/open.ts'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { StepStage } from '#contract/view-connect'
import { en } from '#messages/en'
import { otherFlows, waitFor } from '../gallery/display-views.ts'
import { scanned } from '../gallery/scanned.ts'
import { connectionView, stepStage, viewWith, views } from '../gallery/views.ts'
import { say } from '../state/spoken.ts'

const text = en.step
const button = (name: string | RegExp) => page.getByRole('button', { name })
const dialog = () => page.getByRole('dialog')
const qrWith = (data: string, more: Partial<StepStage> = {}) =>
  connectionView(stepStage(waitFor({ type: 'qr', data }), more))
const codeWith = (data: string, more: Partial<StepStage> = {}) =>
  connectionView(stepStage(waitFor({ type: 'code', data }), more))
const live = (): string => document.querySelector('[aria-live=polite]')?.textContent ?? ''
const code = (): HTMLElement => document.querySelector<HTMLElement>('output') ?? document.body

/** Catches what is copied, because a test's page may have no clipboard. */
function clipboard(): { readonly texts: string[] } {
  const texts: string[] = []
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((copied) => {
    texts.push(copied)
    return Promise.resolve()
  })
  return { texts }
}

async function tabTo(name: string): Promise<void> {
  for (let steps = 0; steps < 30 && document.activeElement?.textContent.trim() !== name; steps++)
    await userEvent.keyboard('{Tab}')
  expect(document.activeElement?.textContent.trim()).toBe(name)
}

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  document.documentElement.style.colorScheme = ''
})

describe('a code to scan', () => {
  test.each([
    ['the computer slept', { isStale: true }],
    ['the way to Beeper is lost', { isStale: true, problem: { code: 'beeper.unreachable', retry: 'later' } }],
    ['there is any problem', { problem: { code: 'connect.unheard', retry: 'now' } }],
  ] as const)('leaves the page at once when %s, enlarged and as text too', async (_, more) => {
    await open(qrWith('secret-one'))
    await page.getByText(text.qrAsText).click()
    await button(text.qrEnlarge).click()
    await expect.poll(() => document.querySelectorAll('svg[role=img]').length).toBe(2)
    fake.show(qrWith('secret-one', more))
    await expect.poll(() => document.querySelectorAll('svg[role=img]').length).toBe(0)
    expect(document.documentElement.outerHTML).not.toContain('secret-one')
    await expect.element(dialog().getByText(text.checking)).toBeVisible()
    // What counts now appears in the same places, and what was unfolded is so still.
    fake.show(qrWith('secret-two'))
    await expect.poll(() => scanned(dialog().element())).toBe('secret-two')
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByText('secret-two')).toBeVisible()
  })

  test('a lost way is asked for by itself, so that nothing has to be pressed', async () => {
    await open(views['connection-qr-lost'])
    await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['beeper.unreachable'].title)
    expect(button(en.connection.again).elements()).toHaveLength(0)
    await expect.element(page.getByText(text.asking)).toBeVisible()
  })

  test('keeps the focus on its button while it is covered', async () => {
    await open(qrWith('one'))
    await tabTo(text.qrEnlarge)
    fake.show(qrWith('one', { isStale: true }))
    await expect.element(button(text.qrEnlarge)).toHaveAttribute('aria-disabled', 'true')
    await expect.element(button(text.qrEnlarge)).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    expect(dialog().elements()).toHaveLength(0)
    fake.show(qrWith('two'))
    await userEvent.keyboard('{Enter}')
    await expect.element(dialog()).toBeVisible()
  })

  test('fills the window by keyboard, renews itself there, and goes back by Escape', async () => {
    await open(qrWith('one'))
    await tabTo(text.qrEnlarge)
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => scanned(dialog().element())).toBe('one')
    const wide = (): number => dialog().element().querySelector('svg[role=img]')?.getBoundingClientRect().width ?? 0
    expect(wide()).toBeGreaterThan(580)
    fake.show(qrWith('two'))
    await expect.poll(() => scanned(dialog().element())).toBe('two')
    await userEvent.keyboard('{Escape}')
    await expect.element(dialog()).not.toBeInTheDocument()
    await expect.element(button(text.qrEnlarge)).toHaveFocus()
  })

  test('is enlarged by a click on it, and a click anywhere puts it back', async () => {
    await open(qrWith('one'))
    await page.getByRole('img', { name: text.qrAlt }).click()
    await expect.element(dialog()).toBeVisible()
    await dialog().getByRole('img').click()
    await expect.element(dialog()).not.toBeInTheDocument()
  })

  test('goes with its step, also while it is enlarged', async () => {
    await open(qrWith('one'))
    await button(text.qrEnlarge).click()
    fake.show(views['connection-done'])
    await expect.element(dialog()).not.toBeInTheDocument()
    expect(document.documentElement.outerHTML).not.toContain('>one<')
  })

  test('its renewal is said once, and no more', async () => {
    await open(qrWith('one'))
    fake.show(qrWith('two'))
    await expect.poll(live).toBe(text.qrRenewed)
    say('')
    fake.show(qrWith('three'))
    await expect.poll(scanned).toBe('three')
    expect(live()).toBe('')
  })

  test.each(['light', 'dark'])('is black on white in %s, with every module as wide as the others', async (scheme) => {
    document.documentElement.style.colorScheme = scheme
    for (const data of ['x', 'x'.repeat(60), 'x'.repeat(240), 'x'.repeat(600)]) {
      await open(qrWith(data))
      const svg = document.querySelector<SVGSVGElement>('svg[role=img]')
      const [white, black] = [...(svg?.querySelectorAll('path') ?? [])].map((path) => getComputedStyle(path).fill)
      expect([white, black]).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)'])
      const modules = svg?.viewBox.baseVal.width ?? 0
      const width = svg?.getBoundingClientRect().width ?? 0
      expect(width).toBeGreaterThanOrEqual(240)
      expect(width % modules, `${String(width)} px, ${String(modules)} modules`).toBe(0)
    }
  })

  test('can be had as text, which renews itself and is copied whole', async () => {
    const { texts } = clipboard()
    await open(qrWith('sgnl://link?a=1'))
    await page.getByText(text.qrAsText).click()
    await expect.element(page.getByText('sgnl://link?a=1')).toBeVisible()
    await button(text.copyText).click()
    await expect.element(button(en.common.copied)).toBeVisible()
    fake.show(qrWith('sgnl://link?a=2'))
    await expect.element(page.getByText('sgnl://link?a=2')).toBeVisible()
    await button(text.copyText).click()
    expect(texts).toEqual(['sgnl://link?a=1', 'sgnl://link?a=2'])
  })

  test('names the way by a code, and asks once before what is under way is given up', async () => {
    await open(qrWith('one', { otherFlows }))
    const instead = button(en.connection.otherWays.instead('Pairing code'))
    await instead.click()
    await expect.element(dialog()).toHaveTextContent(en.connection.otherWays.switchText('WhatsApp'))
    await userEvent.keyboard('{Escape}')
    await expect.element(instead).toHaveFocus()
    expect(fake.calls()).toEqual([])
    await instead.click()
    await button(en.connection.otherWays.switch).click()
    await expect.element(dialog()).not.toBeInTheDocument()
    await button(/^Website/u).click()
    await button(en.connection.otherWays.switch).click()
    expect(fake.calls()).toEqual([
      { name: 'connect.choose', input: { connectionID: 'c1', flowID: 'phone' } },
      { name: 'connect.choose', input: { connectionID: 'c1', flowID: 'browser' } },
    ])
  })

  test('that fits into no code says so, and has nothing to enlarge', async () => {
    await open(qrWith('x'.repeat(4000)))
    await expect.element(page.getByText(text.unreadable('WhatsApp'))).toBeVisible()
    expect(button(text.qrEnlarge).elements()).toHaveLength(0)
  })

  test.each(['connection-qr', 'connection-qr-ways'] as const)(
    'of %s is in view at the smallest size, without scrolling',
    async (name) => {
      await open(views[name], { width: 480, height: 560 })
      expect(document.querySelector('[role=img]')?.getBoundingClientRect().bottom).toBeLessThanOrEqual(560)
    },
  )
})

describe('a code to type', () => {
  test('is grouped for the eye, marked and copied as it was sent, and read out letter by letter', async () => {
    const { texts } = clipboard()
    await open(codeWith('FXJ39K2M'))
    expect([...code().children].map((group) => group.textContent)).toEqual(['FXJ3', '9K2M'])
    expect(code().getAttribute('aria-label')).toBe('Code to type on your phone: F X J 3 9 K 2 M')
    getSelection()?.selectAllChildren(code())
    expect(getSelection()?.toString()).toBe('FXJ39K2M')
    await button(text.copyCode).click()
    await expect.element(button(en.common.copied)).toBeVisible()
    expect(texts).toEqual(['FXJ39K2M'])
  })

  test('that is grouped already stays as it is', async () => {
    await open(codeWith('K7QH-3XPD'))
    expect(code().children).toHaveLength(1)
    expect(code().textContent).toBe('K7QH-3XPD')
    expect(code().getAttribute('aria-label')).toContain('K 7 Q H dash 3')
  })

  test('that is an address is opened after its host was shown, or copied', async () => {
    const { texts } = clipboard()
    const url = 'https://login.example.com/device?user_code=WDJB-MJHT'
    await open(codeWith(url))
    await expect.element(page.getByRole('heading', { name: text.pageTitle('WhatsApp') })).toBeVisible()
    await button(text.copyLink).click()
    await button(text.openLink('login.example.com')).click()
    await expect.element(dialog()).toHaveTextContent(en.connection.link.leadsTo('login.example.com'))
    expect(fake.calls()).toEqual([])
    await button(en.connection.link.open).click()
    expect(fake.calls()).toEqual([{ name: 'connect.openLink', input: { connectionID: 'c1', url } }])
    expect(texts).toEqual([url])
  })

  test.each(['javascript:alert(1)', 'http://example.com/device', 'https://', 'see https://example.com'])(
    '%s is only a code',
    async (data) => {
      await open(codeWith(data))
      expect(code().textContent).toBe(data)
      expect(button(/^Open/u).elements()).toHaveLength(0)
    },
  )

  test('that may have run out is not left to be typed', async () => {
    await open(codeWith('FXJ39K2M', { isStale: true }))
    await expect.element(page.getByText(text.checking)).toBeVisible()
    expect(document.documentElement.outerHTML).not.toContain('FXJ3')
  })
})

describe('waiting', () => {
  test('says more as time passes, and how much', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    await open(views['connection-wait'])
    const [now, later, long] = text.waits.nothing
    await expect.element(page.getByText(now)).toBeVisible()
    for (const [forMs, says] of [
      [30_000, later],
      [70_000, long],
    ] as const) {
      vi.setSystemTime(Date.now() + forMs)
      await expect.element(page.getByText(says), { timeout: 5000 }).toBeVisible()
    }
    await expect.element(page.getByText(/^1 min 4\d sec so far$/u)).toBeVisible()
  })

  test('without words of the network says where to look', async () => {
    await open(views['connection-wait-plain'])
    await expect.element(page.getByText(text.waitHint('Facebook'))).toBeVisible()
  })

  test.each([
    [3, 'This sign-in closes in about 3 minutes.'],
    [1, 'This sign-in closes in about a minute.'],
    [0, 'This sign-in closes any moment now.'],
  ])('with %i minutes left says so', async (minutesLeft, says) => {
    await open(codeWith('K7QH-3XPD', { minutesLeft }))
    await expect.element(page.getByText(says)).toBeVisible()
  })

  test('far from its end says nothing of it', async () => {
    await open(viewWith(codeWith('K7QH-3XPD').screen))
    await expect.element(page.getByText(/closes/u)).not.toBeInTheDocument()
  })
})
