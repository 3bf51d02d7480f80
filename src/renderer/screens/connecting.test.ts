// One connection: choosing a way, what its steps send, and leaving it. And home, where the connected accounts are.
import { fake, open } from '../gallery/open.ts'
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { hostileTexts } from '../gallery/hostile-texts.ts'
import { markup } from '../gallery/samples.ts'
import { connectionView, form, stepStage, views } from '../gallery/views.ts'

const text = en.connection
const leaving = en.running.leaving
const id = { connectionID: 'c1' }
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const heading = (name: string) => page.getByRole('heading', { level: 1, name })

describe('choosing a way to sign in', () => {
  test('creates nothing before one is taken', async () => {
    await open(views['connection-choosing'])
    await expect.element(heading(text.chooseTitle('WhatsApp'))).toBeVisible()
    expect(fake.calls()).toEqual([])
    await button('Pairing code').click()
    expect(fake.calls()).toEqual([{ name: 'connect.choose', input: { ...id, flowID: 'phone' } }])
  })

  test('says of each what the network says of it, and all of its card can be pressed', async () => {
    await open(views['connection-choosing'])
    const says = 'Scan a QR code with the WhatsApp app on your phone'
    await expect.element(button('QR')).toHaveAccessibleDescription(says)
    const card = button('QR').element().closest('li')
    const { right = 0, bottom = 0 } = card?.getBoundingClientRect() ?? {}
    expect(document.elementFromPoint(right - 12, bottom - 12)).toBe(button('QR').element())
    await page.getByText(says).click({ force: true })
    expect(fake.calls()).toEqual([{ name: 'connect.choose', input: { ...id, flowID: 'qr' } }])
  })

  test('a link in what it says is no choice', async () => {
    await open(views['connection-choosing-strange'])
    await page.getByRole('link', { name: 'https://example.org/tokens' }).click()
    await expect.element(page.getByRole('dialog', { name: text.link.title })).toHaveTextContent('example.org')
    await button(text.link.open).click()
    expect(fake.calls()).toEqual([{ name: 'connect.openLink', input: { ...id, url: 'https://example.org/tokens' } }])
  })

  test('one without a name goes by its ID', async () => {
    await open(views['connection-choosing-strange'])
    await button('nameless').click()
    expect(fake.calls()).toEqual([{ name: 'connect.choose', input: { ...id, flowID: 'nameless' } }])
  })

  test(`WIN-6: ${hostileTexts.length} hostile texts as names and descriptions of ways are text`, async () => {
    await open(views['connection-choosing-strange'])
    const names = [...document.querySelectorAll('main li .words > button bdi')].map((one) => one.textContent)
    for (const { name } of hostileTexts) expect(names).toContain(name)
    expect(document.querySelectorAll('main :is(script, iframe, img, form, b, i, style, a[href])')).toHaveLength(0)
    expect('wasRun' in globalThis).toBe(false)
  })

  test('a network without any says so', async () => {
    await open(views['connection-choosing-none'])
    await expect.element(page.getByText(text.noFlows)).toBeVisible()
  })
})

test('what a form sends names its connection', async () => {
  await open(views['connection-form'])
  await userEvent.keyboard('+14155550123{Enter}')
  await expect.poll(() => fake.calls().map(({ name }) => name)).toContain('connect.submit')
  const sent = fake.calls().find(({ name }) => name === 'connect.submit')
  expect(sent?.input).toMatchObject({ ...id, fields: { phone: '+14155550123' }, isSure: false })
})

test('typed words that arrive after their connection has gone are nobody’s to hear of', async () => {
  await open(views['connection-form'])
  fake.answer('connect.keep', () => ({ ok: false, problem: { code: 'unexpected', retry: 'never' } }))
  await userEvent.keyboard('+1415')
  fake.show(views.connect)
  await expect.element(heading(en.connect.title)).toBeVisible()
  expect(page.getByRole('alert').elements()).toHaveLength(0)
})

describe('leaving', () => {
  const dialog = () => page.getByRole('dialog', { name: leaving.title('WhatsApp') })

  test('RUN-9: a step asks once; Escape and Stay go back to it', async () => {
    await open(views['connection-qr'])
    await button(text.leave).click()
    await expect.element(dialog()).toBeVisible()
    await expect.element(button(leaving.stay)).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await expect.element(dialog()).not.toBeInTheDocument()
    await expect.element(button(text.leave)).toHaveFocus()
    await button(text.leave).click()
    await button(leaving.stay).click()
    await expect.element(dialog()).not.toBeInTheDocument()
    await expect.element(button(text.leave)).toHaveFocus()
    expect(fake.calls()).toEqual([])
  })

  test('RUN-9: Stop cancels it', async () => {
    await open(views['connection-qr'])
    await button(text.leave).click()
    await button(leaving.stop).click()
    expect(fake.calls()).toEqual([{ name: 'connect.leave', input: id }])
  })

  test('Keep it running goes to the networks and cancels nothing', async () => {
    await open(views['connection-qr'])
    await button(text.leave).click()
    await button(leaving.keep).click()
    expect(fake.calls()).toEqual([{ name: 'app.go', input: { at: 'connect' } }])
  })

  test('the question goes with its step, and does not come back with the next', async () => {
    await open(views['connection-qr'])
    await button(text.leave).click()
    await expect.element(dialog()).toBeVisible()
    fake.show(views['connection-failed'])
    await expect.element(heading(text.failedTitle('WhatsApp'))).toBeVisible()
    fake.show(connectionView(stepStage(form, { serial: 2 })))
    await expect.element(page.getByLabelText('Phone number')).toBeVisible()
    expect(dialog().elements()).toHaveLength(0)
  })

  test('the question stays while the code renews itself', async () => {
    await open(views['connection-qr'])
    await button(text.leave).click()
    const drawn = (): string | undefined => document.querySelector('[role=img]')?.innerHTML
    const before = drawn()
    const renewed = {
      type: 'display_and_wait',
      stepID: 'qr',
      instructions: '',
      display: { type: 'qr', data: 'another' },
    } as const
    fake.show(connectionView(stepStage(renewed, { serial: 2 })))
    await expect.poll(drawn).not.toBe(before)
    await expect.element(button(leaving.stay)).toHaveFocus()
  })

  test.each([
    ['loading', views['connection-loading'], text.leave],
    ['starting', connectionView({ phase: 'starting' }), text.leave],
    ['choosing', views['connection-choosing'], text.leave],
    ['failed', views['connection-failed'], text.leave],
    ['done', views['connection-done'], text.another],
    ['interrupted', views['connection-interrupted'], text.leave],
  ])('%s does not ask', async (_, view, name) => {
    await open(view)
    await button(name).click()
    expect(fake.calls()).toEqual([{ name: 'connect.leave', input: id }])
    expect(page.getByRole('dialog').elements()).toHaveLength(0)
  })
})

test('home: state of every account, and one action where it needs one', async () => {
  await open(views.home)
  await expect.element(page.getByRole('heading', { name: en.home.titleNeedsYou(1) })).toBeVisible()
  await button(en.home.fixNamed('Signal', '+1 415 555 0123')).click()
  await button(en.home.add).click()
  expect(fake.calls()).toEqual([
    { name: 'app.go', input: { at: 'connect' } },
    { name: 'app.go', input: { at: 'connect' } },
  ])
})

test('markup from a server is text', async () => {
  await open(views.hostile)
  await expect.element(page.getByText(markup, { exact: true }).first()).toBeVisible()
  expect(document.querySelectorAll('#app img, main img, main b')).toHaveLength(0)
  expect(document.title).not.toBe('1')
})
