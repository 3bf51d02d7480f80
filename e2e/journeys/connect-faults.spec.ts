// Sending what was typed when the way to Beeper breaks: nothing is sent twice, nothing typed is lost, and what Beeper holds is
// read before anything else is done (R24).
import { en } from '#messages/en'
import { expect, test } from '../rig/test.ts'
import type { Page } from '@playwright/test'
import { failed, form, ways } from '../pages/connect.ts'
import { connecting } from './connect-roads.ts'
import { connect, creates, submits, toCatalogue } from './connect-start.ts'

test.use({ scenario: 'ready' })

const address = (window: Page) => form.field(window, 'Email')
const codeField = (window: Page) => form.field(window, 'Confirmation code')

/** At the address that Slack asks for, typed and not sent. */
async function toAddress(window: Page): Promise<void> {
  await connect(window, 'Slack', 'Email')
  await address(window).fill('ada@example.com')
}

test('two clicks and an Enter send a form once', connecting, async ({ desk, beeper }) => {
  const { window } = await toCatalogue(desk, beeper)
  await toAddress(window)
  await beeper.control.fault({ operation: 'submitLoginStep', hold: true })
  await window.getByRole('button', { name: en.form.submit, exact: true }).dblclick()
  await address(window).press('Enter')
  await expect.poll(() => submits(beeper)).toBe(1)
  await beeper.control.release('submitLoginStep')
  await expect(codeField(window)).toBeVisible()
  expect(await submits(beeper)).toBe(1)
})

test('two clicks on a way to sign in begin one sign-in (R6)', connecting, async ({ desk, beeper }) => {
  const { window } = await toCatalogue(desk, beeper)
  await connect(window, 'Slack')
  await ways.shown(window, 'Slack')
  expect(await creates(beeper), 'nothing is begun before the choice').toBe(0)
  await beeper.control.fault({ operation: 'createLoginSession', delayMs: 300 })
  await ways.way(window, 'Email').dblclick()
  await expect(address(window)).toBeVisible()
  expect(await creates(beeper)).toBe(1)
})

test(
  'R24: an answer that got lost is not asked for again: Beeper is read, and has gone on',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await toAddress(window)
    await beeper.control.fault({ operation: 'submitLoginStep', dropAfterEffect: true, times: 1 })
    await form.submit(window)
    await expect(codeField(window)).toBeVisible()
    expect(await submits(beeper)).toBe(1)
  },
)

test(
  'R24: what never arrived is still in the form, and the person sends it once more',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await toAddress(window)
    await beeper.control.fault({ operation: 'submitLoginStep', dropBeforeEffect: true, times: 1 })
    await form.submit(window)
    await expect(window.getByText(en.problems['connect.unheard'].title)).toBeVisible()
    await expect(address(window)).toHaveValue('ada@example.com')
    expect(await submits(beeper)).toBe(1)
    await form.submit(window)
    await expect(codeField(window)).toBeVisible()
    expect(await submits(beeper)).toBe(2)
  },
)

test('a conflict is answered by reading what Beeper holds', connecting, async ({ desk, beeper }) => {
  const { window } = await toCatalogue(desk, beeper)
  await toAddress(window)
  await beeper.control.fault({ operation: 'submitLoginStep', status: 409, message: 'Another one is running', times: 1 })
  const looks = (await beeper.control.calls('getLoginSession')).length
  await form.submit(window)
  await expect(window.getByText('Another one is running')).toBeVisible()
  expect((await beeper.control.calls('getLoginSession')).length).toBe(looks + 1)
  expect(await submits(beeper)).toBe(1)
  await expect(address(window)).toHaveValue('ada@example.com')
  await form.submit(window)
  await expect(codeField(window)).toBeVisible()
})

test(
  'RUN-1: a sign-in whose beginning went unheard is not begun again by itself',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Slack')
    await beeper.control.fault({ operation: 'createLoginSession', dropAfterEffect: true, times: 1 })
    await ways.way(window, 'Email').click()
    await failed.shown(window, 'Slack')
    expect(await creates(beeper)).toBe(1)
    await failed.again(window).click()
    await expect(address(window)).toBeVisible()
    expect(await creates(beeper)).toBe(2)
  },
)

test(
  'RUN-5: a sign-in that Beeper has forgotten is begun afresh with one click, with what was typed',
  connecting,
  async ({ desk, beeper }) => {
    const { window } = await toCatalogue(desk, beeper)
    await connect(window, 'Facebook Messenger', 'Messenger iOS')
    await form.field(window, 'Username or email address').fill('plain@example.com')
    await form.field(window, 'Password').fill('a-password-that-is-gone')
    await beeper.control.restart()
    await form.submit(window)
    await failed.shown(window, 'Facebook Messenger')
    await expect(window.getByText(en.problems['connect.gone'].title)).toBeVisible()
    await failed.again(window).click()
    await expect(form.field(window, 'Username or email address')).toHaveValue('plain@example.com')
    await expect(form.field(window, 'Password'), 'a password is not kept').toHaveValue('')
  },
)
