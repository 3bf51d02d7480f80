import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { BeeperView } from '#contract/view'
import { en } from '#messages/en'
import { findView, findViews } from '../gallery/find-views.ts'
import { viewWith } from '../gallery/view-with.ts'
import { views } from '../gallery/views.ts'

const text = en.find
const button = (name: string | RegExp) => page.getByRole('button', { name })
const field = () => page.getByLabelText(text.addressLabel)
const names = () => [...document.querySelectorAll('.found .name')].map((one) => one.textContent)

const beeper: BeeperView = {
  origin: 'http://127.0.0.1:23373',
  name: 'Beeper Desktop',
  version: '4.2.311',
  kind: 'desktop',
  state: 'signed-out',
  isRemembered: false,
  isRemote: false,
  problem: undefined,
}
test.each([
  ['ready', text.actionsNamed.ready, { name: 'find.use', input: { origin: beeper.origin } }],
  ['signed-out', text.actionsNamed['signed-out'], { name: 'find.use', input: { origin: beeper.origin } }],
  ['signed-in', text.actionsNamed['signed-in'], { name: 'find.use', input: { origin: beeper.origin } }],
  ['too-old', text.actionsNamed['too-old'], { name: 'app.openPage', input: 'download' }],
  ['refused', text.actionsNamed.refused, { name: 'find.lookAgain', input: undefined }],
] as const)('a server that is %s says so and has its one action', async (state, named, call) => {
  await open(findView({ beepers: [{ ...beeper, state, problem: { code: 'beeper.unreachable', retry: 'now' } }] }))
  await expect.element(page.getByText(text.states[state])).toBeVisible()
  expect(document.querySelectorAll('.found .actions button')).toHaveLength(1)
  await button(named('Beeper Desktop')).click()
  expect(fake.calls()).toEqual([call])
})

test('one where somebody is signed in says that it only needs permission', async () => {
  await open(findViews['find-signed-in'])
  await expect.element(page.getByText(text.notes['signed-in'])).toBeVisible()
})

test('where something else answers, the action leads to the field', async () => {
  await open(findViews['find-not-beeper'])
  await expect.element(page.getByText(text.states['not-beeper'])).toBeVisible()
  await expect.element(page.getByText(text.emptyTitle)).toBeVisible()
  await button(text.actionsNamed['not-beeper']('127.0.0.1:23376')).click()
  await expect.element(field()).toHaveFocus()
  expect(fake.calls()).toEqual([])
})

test('one that is still looked for is quiet', async () => {
  await open(findViews['find-remembered'])
  await expect.element(page.getByText(text.states.looking)).toBeVisible()
  expect([...document.querySelectorAll('.found button:not([role])')]).toHaveLength(1)
  await expect.element(button(text.moreNamed('Beeper Desktop'))).toBeVisible()
})

test('what stands in the way of a safe connection is said, with code and detail folded away', async () => {
  await open(findViews['find-unsafe'])
  const { title } = en.problems['beeper.cert-expired']
  await expect.element(page.getByText(title, { exact: false })).toBeVisible()
  await expect.element(page.getByText(text.unsafe).first()).toBeVisible()
  await expect.element(page.getByText('CERT_HAS_EXPIRED', { exact: false })).not.toBeVisible()
  await page.getByText(en.common.details, { exact: true }).nth(1).click()
  await expect.element(page.getByText('CERT_HAS_EXPIRED', { exact: false })).toBeVisible()
})

test('version, kind, host and that it is on another computer tell the rows apart', async () => {
  await open(findViews['find-several'])
  const rows = page.getByRole('listitem')
  await expect.element(rows.filter({ hasText: 'Attic' })).toHaveTextContent(text.remote)
  await expect.element(rows.filter({ hasText: 'Attic' })).toHaveTextContent('beeper.example.org')
  await expect.element(rows.filter({ hasText: 'Attic' })).toHaveTextContent(text.kinds.server)
  await expect.element(rows.filter({ hasText: 'Beeper Desktop' })).toHaveTextContent(text.version('4.2.311'))
  await expect.element(rows.filter({ hasText: 'Beeper Desktop' })).not.toHaveTextContent(text.remote)
})

test('the first that can be used has the primary button, and no other', async () => {
  await open(findViews['find-all'])
  const primary = [...document.querySelectorAll('button.primary')]
  expect(primary.map((one) => one.getAttribute('aria-label'))).toEqual([text.actionsNamed.ready('Attic')])
})

test('one that appears stands below the others, whatever the order of main, and is announced once', async () => {
  await open(findView({}))
  const before = document.querySelector('.found li')
  const server: BeeperView = { ...beeper, origin: 'http://127.0.0.1:23372', name: 'Beeper Server' }
  fake.show(findView({ beepers: [server, beeper] }))
  await expect.poll(names).toEqual(['Beeper Desktop', 'Beeper Server'])
  expect(document.querySelector('.found li')).toBe(before)
  const status = page.getByRole('status').filter({ hasText: text.arrived(['Beeper Server']) })
  await expect.element(status).toBeInTheDocument()
  const third: BeeperView = { ...beeper, origin: 'http://127.0.0.1:23371', name: 'Attic' }
  fake.show(findView({ beepers: [third, server, beeper] }))
  await expect.poll(names).toEqual(['Beeper Desktop', 'Beeper Server', 'Attic'])
  await expect.element(page.getByRole('status').filter({ hasText: 'Beeper Server' })).not.toBeInTheDocument()
})

test('while the first look goes on, the order is that of main', async () => {
  await open(findView({ isLooking: true }))
  const server: BeeperView = { ...beeper, origin: 'http://127.0.0.1:23372', name: 'Beeper Server' }
  fake.show(findView({ isLooking: true, beepers: [server, beeper] }))
  await expect.poll(names).toEqual(['Beeper Server', 'Beeper Desktop'])
})

test('nothing found: says how, notices by itself, offers the demo', async () => {
  await open(findViews['find-empty'])
  await expect.element(page.getByText(text.emptySteps[1] ?? '')).toBeVisible()
  await button(text.tryDemo).click()
  await button(/^Get Beeper/u).click()
  expect(fake.calls()).toEqual([
    { name: 'find.startDemo', input: undefined },
    { name: 'app.openPage', input: 'download' },
  ])
  fake.show(findViews.find)
  await expect.element(page.getByRole('list', { name: text.foundLabel })).toBeVisible()
})

test('the whole screen is within reach of the keyboard, in the order that it is read', async () => {
  await open(findViews['find-several'])
  await page.getByText(text.anotherAddress).click()
  document.querySelector('h1')?.focus()
  const reached: (string | null | undefined)[] = []
  for (let steps = 0; steps < 9; steps++) {
    await userEvent.keyboard('{Tab}')
    const here = document.activeElement
    reached.push(here?.getAttribute('aria-label') ?? here?.getAttribute('type') ?? here?.textContent.trim())
  }
  expect(reached).toEqual([
    text.actionsNamed.ready('Beeper Desktop'),
    text.moreNamed('Beeper Desktop'),
    text.actionsNamed.ready('Attic'),
    text.moreNamed('Attic'),
    text.actionsNamed['signed-in']('Beeper Server'),
    text.anotherAddress,
    'url',
    'submit',
    'button',
  ])
})

test('the demo says what it is, and can be left', async () => {
  await open(views.code)
  await expect.element(page.getByText(en.demo.banner)).toBeVisible()
  await button(en.demo.openPhone).click()
  await button(en.demo.leave).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['app.openPhone', 'find.leave'])
})

test('waiting for long says what for, and offers a way out', async () => {
  await open(views['starting-slow'])
  await expect.element(page.getByText(en.starting.keychainSlow('linux'))).toBeVisible()
  await button(en.starting.chooseOther).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['find.leave'])
})

test('a Beeper that does not answer can be left for another', async () => {
  await open(views.unreachable)
  await button(en.unreachable.chooseOther).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['find.leave'])
})

test('details of a problem are folded away, with code and operation', async () => {
  await open(views.unreachable)
  await expect.element(page.getByText('beeper.unreachable', { exact: false })).not.toBeVisible()
  await page.getByText(en.common.details, { exact: true }).click()
  await expect.element(page.getByText('ECONNREFUSED', { exact: false })).toBeVisible()
})

test('a refused command is said on the screen at hand, until the next', async () => {
  await open(findViews.find)
  fake.answer('find.startDemo', () => ({ ok: false, problem: { code: 'command.not-now', retry: 'later' } }))
  await button(text.tryDemo).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['command.not-now'].title)
  await button(text.actionsNamed['signed-out']('Beeper Desktop')).click()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})

test('each screen names the window, is announced, and takes the focus', async () => {
  await open(findViews.find)
  expect(document.title).toBe(en.windowTitle(text.title))
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus()
  fake.show(views.email)
  await expect.element(page.getByLabelText(en.email.label)).toHaveFocus()
  expect(document.title).toBe(en.windowTitle(en.email.title))
  expect(document.querySelector('[aria-live=polite]')?.textContent).toBe(en.email.title)
})

test('the rail says where one is, and leads back where that is possible', async () => {
  await open(views.email)
  const here = document.querySelector('[aria-current=step]')
  expect(here?.textContent).toContain(en.progress.chapters['sign-in'])
  await button(new RegExp(en.progress.chapters.find, 'u')).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['find.leave'])
})

test('what goes on in the background can be looked at', async () => {
  await open(views.connect)
  await button(new RegExp(en.progress.chapters.secure, 'u')).click()
  expect(fake.calls()).toEqual([{ name: 'app.go', input: { at: 'go-on' } }])
})

test('offline is said once, quietly', async () => {
  await open(viewWith(views.home.screen, { isOffline: true }))
  await expect.element(page.getByText(en.offline.banner)).toBeVisible()
})
