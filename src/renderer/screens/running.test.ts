// Connections beside the screen: where they are listed, what they say, and going to and fro.
import { fake, open } from '../gallery/open.ts'
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { View } from '#contract/view'
import type { RunningView } from '#contract/view-connect'
import { en } from '#messages/en'
import { besides, catalogueView, hostileRunning, runningOne, severalRunning } from '../gallery/catalogue-views.ts'
import { views } from '../gallery/views.ts'

const text = en.running
const small = { width: 480, height: 560 }
const list = () => page.getByRole('region', { name: text.label })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const item = ({ networkName, state }: RunningView) => button(text.open(networkName, text.states[state]))
const fold = () => list().getByRole('button', { expanded: false })
const heard = (): string[] =>
  [...document.querySelectorAll('.side > [role=status].visually-hidden')].map((one) => one.textContent)
const withRunning = (view: View, running: readonly RunningView[]): View => ({ ...view, running })

describe('are listed', () => {
  test.each([
    ['connect', views.connect],
    ['connection', views['connection-qr']],
    ['home', views.home],
  ])('on %s', async (_, view) => {
    await open(withRunning(view, severalRunning))
    await expect.element(list()).toBeVisible()
    for (const one of severalRunning) await expect.element(item(one)).toBeVisible()
  })

  test.each([
    ['settings', views.settings],
    ['verify', views.verify],
  ])('not on %s', async (_, view) => {
    await open(withRunning(views.connect, severalRunning))
    await expect.element(list()).toBeVisible()
    fake.show(withRunning(view, severalRunning))
    await expect.element(list()).not.toBeInTheDocument()
  })

  test('without the one on the screen', async () => {
    await open(besides(views['connection-qr'], severalRunning))
    await expect.element(list()).toBeVisible()
    expect(list().getByRole('listitem').elements()).toHaveLength(severalRunning.length)
    expect(item(runningOne('WhatsApp', 'phone')).elements()).toHaveLength(0)
    fake.show(besides(views['connection-qr'], []))
    await expect.element(list()).not.toBeInTheDocument()
  })

  test.each(Object.entries(text.states))('state %s is said in words', async (state, says) => {
    const one = runningOne('Signal', state as RunningView['state'])
    await open(catalogueView({}, { running: [one] }))
    await expect.element(list()).toHaveTextContent(`Signal ${says}`)
  })
})

test('a press goes to one, and loses nothing of the other', async () => {
  await open(views['running-qr'])
  await button(text.open('Telegram', text.states['needs-you'])).click()
  expect(fake.calls()).toEqual([{ name: 'app.go', input: { at: 'connection', connectionID: 'running-Telegram' } }])
})

test.each([
  ['done', true],
  ['fell-off', true],
  ['failed', true],
  ['interrupted', true],
  ['needs-you', false],
  ['phone', false],
  ['working', false],
] as const)('one that is %s can be put away: %s', async (state, isOver) => {
  await open(catalogueView({}, { running: [runningOne('Signal', state)] }))
  await expect.element(list()).toBeVisible()
  const away = button(text.putAway('Signal'))
  expect(away.elements()).toHaveLength(isOver ? 1 : 0)
  if (!isOver) return
  await away.click()
  expect(fake.calls()).toEqual([{ name: 'connect.leave', input: { connectionID: 'running-Signal' } }])
})

test('what is put away does not take the focus with it', async () => {
  const two = [runningOne('Signal', 'done'), runningOne('Telegram', 'failed')]
  await open(catalogueView({}, { running: two }))
  await button(text.putAway('Signal')).click()
  fake.show(catalogueView({}, { running: two.slice(1) }))
  await expect.element(list()).toHaveFocus()
  await button(text.putAway('Telegram')).click()
  fake.show(catalogueView())
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus()
})

describe('is told politely', () => {
  const before = [runningOne('Signal', 'phone'), runningOne('Telegram', 'working')]
  const now = (state: RunningView['state'], more: Partial<RunningView> = {}): View =>
    catalogueView({}, { running: [{ ...runningOne('Signal', state), ...more }, ...before.slice(1)] })

  test.each(['done', 'failed', 'fell-off', 'needs-you'] as const)('that one is %s', async (state) => {
    await open(catalogueView({}, { running: before }))
    await expect.element(list()).toBeVisible()
    expect(heard().join('')).toBe('')
    fake.show(now(state))
    await expect.poll(() => heard().join('')).toBe(text.news[state]?.('Signal'))
    expect(document.activeElement?.tagName).toBe('H1')
  })

  test('also where they are not listed', async () => {
    await open(withRunning(views.connect, before))
    await expect.element(list()).toBeVisible()
    fake.show(withRunning(views.settings, before))
    fake.show({ ...now('done'), screen: views.settings.screen })
    await expect.poll(() => heard().join('')).toBe(text.news.done?.('Signal'))
  })

  test('but not of what is on the screen, nor of what was so before', async () => {
    await open(catalogueView({}, { running: [runningOne('Discord', 'failed'), ...before] }))
    await expect.element(list()).toBeVisible()
    fake.show(now('done', { isShown: true }))
    await expect.poll(() => list().getByRole('listitem').elements().length).toBe(1)
    expect(heard().join('')).toBe('')
  })
})

describe('in a small window', () => {
  test('are one button, which unfolds and folds them', async () => {
    await open(views['running-qr'], small)
    await expect.element(fold()).toHaveTextContent(`${text.count(3)} ${text.needCount(1)}`)
    expect(list().getByRole('list').elements()).toHaveLength(0)
    await fold().click()
    for (const one of severalRunning) await expect.element(item(one)).toBeVisible()
    await item(severalRunning[1] ?? runningOne('', 'done')).click()
    await expect.element(fold()).toBeVisible()
  })

  test('leave the whole code to scan in view', async () => {
    await open(views['running-qr'], small)
    await expect.element(fold()).toBeVisible()
    const box = document.querySelector('[role=img]')?.getBoundingClientRect()
    expect(box?.width).toBeGreaterThanOrEqual(200)
    expect(box?.bottom).toBeLessThanOrEqual(small.height)
  })

  test('unfolded they push the screen down and cover nothing of it', async () => {
    await open(views['running-ten'], small)
    await fold().click()
    const bottom = list().element().getBoundingClientRect().bottom
    const top = document.querySelector('main')?.getBoundingClientRect().top ?? 0
    expect(top).toBeGreaterThanOrEqual(bottom)
    expect(list().getByRole('listitem').elements()).toHaveLength(10)
  })
})

test('ten are one button in a large window too', async () => {
  await open(views['running-ten'])
  await expect.element(fold()).toHaveTextContent(text.count(10))
  await fold().click()
  expect(list().getByRole('listitem').elements()).toHaveLength(10)
})

test('by keyboard: there, and into one', async () => {
  await open(views['running-ten-connect'], small)
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
  await expect.element(fold()).toHaveFocus()
  await userEvent.keyboard('{Enter}{Tab}{Enter}')
  expect(fake.calls()).toEqual([{ name: 'app.go', input: { at: 'connection', connectionID: 'running-0' } }])
})

test(`WIN-6: ${hostileRunning.length} hostile texts as names of connections are text, and stay in their line`, async () => {
  await open(views['running-hostile-all'], small)
  await fold().click()
  const items = [...document.querySelectorAll<HTMLElement>('.side section li')].slice(0, hostileRunning.length)
  expect(items.map((one) => one.querySelector('bdi')?.textContent)).toEqual(
    hostileRunning.map(({ networkName }) => networkName),
  )
  for (const one of items) expect(one.getBoundingClientRect().height).toBeLessThan(80)
  expect('wasRun' in globalThis).toBe(false)
})
