import { en } from '#messages/en'
import { code, email, find, recoveryKey, register } from '../pages/screens.ts'
import { expect, test } from '../rig/test.ts'
import { address, knownAddress, toCode, toRegistration } from './roads.ts'

const account = { tag: '@account' }

test.describe('an account that exists', () => {
  test.use({ scenario: 'existing-account' })

  test('an existing account: address, code, and on to the messages', account, async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await toCode(window, knownAddress)
    await code.enter(window, await beeper.control.newestCode(knownAddress))
    await expect(window.getByRole('heading', { level: 1, name: en.verify.title })).toBeVisible()
    expect(await desk.keyring.readToken(beeper.origin)).toBe(beeper.world.tokens.all().at(-1)?.value)
    expect(await beeper.control.counts()).toMatchObject({ appSetupStart: 1, appSetupEmail: 1, appSetupResponse: 1 })
  })

  test('a wrong code, then the right one, pasted as it stands in the mail', account, async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await toCode(window, knownAddress)
    const right = await beeper.control.newestCode(knownAddress)
    await code.enter(window, right === '000000' ? '111111' : '000000')
    await expect(window.getByText(en.problems['account.code-refused'].title)).toBeVisible()
    await code.enter(window, ` ${right.slice(0, 3)} - ${right.slice(3)}\u00a0`)
    await expect(window.getByRole('heading', { level: 1, name: en.verify.title })).toBeVisible()
    expect(await beeper.control.counts()).toMatchObject({ appSetupEmail: 1, appSetupResponse: 2 })
  })

  test('a code that has expired reads so, and the next one is good', account, async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await toCode(window, knownAddress)
    const old = await beeper.control.newestCode(knownAddress)
    // A code lives for ten minutes on the server, its handle for thirty.
    await beeper.control.step(11 * 60_000)
    await code.enter(window, old)
    await expect(window.getByText(en.problems['account.code-refused'].title)).toBeVisible()
    await expect(code.resend(window)).toBeEnabled({ timeout: 45_000 })
    await code.resend(window).click()
    await expect.poll(() => beeper.control.newestCode(knownAddress)).not.toBe(old)
    await code.enter(window, await beeper.control.newestCode(knownAddress))
    await expect(window.getByRole('heading', { level: 1, name: en.verify.title })).toBeVisible()
  })

  test('a second mail: not before its time, and only its code counts', account, async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await toCode(window, knownAddress)
    const first = await beeper.control.newestCode(knownAddress)
    await expect(code.resend(window)).toBeDisabled()
    await expect(code.resend(window)).toBeEnabled({ timeout: 45_000 })
    await code.resend(window).click()
    await expect(window.getByRole('main').getByText(en.code.onlyNewest)).toBeVisible()
    await code.enter(window, first)
    await expect(window.getByText(en.problems['account.code-refused'].title)).toBeVisible()
    await code.enter(window, await beeper.control.newestCode(knownAddress))
    await expect(window.getByRole('heading', { level: 1, name: en.verify.title })).toBeVisible()
    expect(await beeper.control.counts()).toMatchObject({ appSetupStart: 1, appSetupEmail: 2, appSetupResponse: 2 })
  })

  test('a handle that has gone: the address is kept, one click starts again', account, async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await toCode(window, knownAddress)
    const old = await beeper.control.newestCode(knownAddress)
    // The handle lives for half an hour on the server.
    await beeper.control.step(31 * 60_000)
    await code.enter(window, old)
    await email.shown(window)
    await expect(window.getByText(en.problems['account.request-gone'].title)).toBeVisible()
    await expect(email.field(window)).toHaveValue(knownAddress)
    await window.getByRole('button', { name: en.email.submit, exact: true }).click()
    await code.shown(window)
    await code.enter(window, await beeper.control.newestCode(knownAddress))
    await expect(window.getByRole('heading', { level: 1, name: en.verify.title })).toBeVisible()
    expect(await beeper.control.counts()).toMatchObject({ appSetupStart: 2, appSetupEmail: 2, appSetupResponse: 2 })
  })

  test('too many wrong codes, and a server that names a time to wait', account, async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await toCode(window, knownAddress)
    const right = await beeper.control.newestCode(knownAddress)
    await beeper.control.fault({ operation: 'appSetupResponse', status: 429, retryAfterSeconds: 2, times: 1 })
    await code.enter(window, right)
    await expect(window.getByText(en.problems['beeper.rate-limited'].title)).toBeVisible()
    await expect(code.submitButton(window)).toBeDisabled()
    await expect(code.submitButton(window)).toBeEnabled()
    await beeper.control.fault({ operation: 'appSetupResponse', status: 429, times: 1 })
    await code.submitButton(window).click()
    await expect(code.submitButton(window)).toBeEnabled()
    await expect(window.getByText(en.problems['beeper.rate-limited'].title)).toBeVisible()
    expect(await beeper.control.calls('appSetupResponse'), 'nothing is repeated by itself').toHaveLength(2)
    await code.submitButton(window).click()
    await expect(window.getByRole('heading', { level: 1, name: en.verify.title })).toBeVisible()
  })

  test('a client that is out of date reads so in the server’s own words', account, async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await find.useFirst(window)
    await email.shown(window)
    const message = 'Please update to continue signing in'
    await beeper.control.fault({ operation: 'appSetupEmail', status: 426, code: 'client_outdated', message, times: 1 })
    await email.send(window, knownAddress)
    await expect(window.getByText(en.problems['account.client-outdated'].title)).toBeVisible()
    await expect(window.getByText(message)).toBeVisible()
    await expect(email.field(window)).toHaveValue(knownAddress)
    // It has also come as a 429 (semantics 10).
    await beeper.control.fault({
      operation: 'appSetupEmail',
      status: 429,
      message: 'Your client is out of date',
      times: 1,
    })
    await window.getByRole('button', { name: en.email.submit, exact: true }).click()
    await expect(window.getByText('Your client is out of date')).toBeVisible()
    expect(await beeper.control.calls('appSetupEmail'), 'a mail is sent by a click alone').toHaveLength(2)
  })

  test(
    'ONE-2: an answer that got lost is settled by reading the server: permission is the way in',
    account,
    async ({ desk, beeper }) => {
      const { window } = await desk.start()
      await toCode(window, knownAddress)
      await beeper.control.fault({ operation: 'appSetupResponse', dropAfterEffect: true })
      await code.enter(window, await beeper.control.newestCode(knownAddress))
      await expect(window.getByRole('heading', { level: 1, name: en.authorise.title })).toBeVisible()
      expect(await beeper.control.calls('appSetupResponse')).toHaveLength(1)
    },
  )
})

test.describe('a Beeper that signs people in only by itself', () => {
  test.use({ scenario: 'no-sign-in' })

  test('says to sign in inside Beeper, and goes on by permission', account, async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await find.useFirst(window)
    await email.shown(window)
    await email.send(window, knownAddress)
    await expect(window.getByText(en.problems['account.sign-in-unavailable'].title)).toBeVisible()
    await beeper.control.signIn(knownAddress, 'ready')
    await window.getByRole('button', { name: en.problems['account.sign-in-unavailable'].action }).click()
    await expect(window.getByRole('heading', { level: 1, name: en.authorise.title })).toBeVisible()
  })
})

test('a new account with a taken name: mended in place, registered once', account, async ({ desk, beeper }) => {
  const { app, window } = await desk.start()
  await toRegistration(window, beeper)
  await expect(register.acceptance(window)).not.toBeChecked()
  await register.name(window).fill('taken-name')
  await register.submitButton(window).click()
  await expect(window.getByText(en.register.acceptNeeded)).toBeVisible()
  expect(await beeper.control.calls('appSetupRegister'), 'nothing is sent without the acceptance').toHaveLength(0)

  beeper.world.addPerson({ email: 'other@example.com', username: 'taken-name' })
  await register.acceptance(window).check()
  await register.submitButton(window).click()
  await expect(window.getByText(en.problems['account.username-taken'].title)).toBeVisible()
  await expect(register.name(window)).toBeFocused()
  await expect(register.name(window)).toHaveValue('taken-name')

  // Refused for its form: still the same registration, with the lead token of the same code.
  await register.name(window).fill('x')
  await register.submitButton(window).click()
  await expect(window.getByText(en.problems['account.username-refused'].title)).toBeVisible()

  await window.getByRole('button', { name: en.register.terms }).click()
  await expect.poll(() => desk.browser.opened()).toEqual(['https://www.beeper.com/terms-onboarding'])
  await window.getByRole('group', { name: en.register.suggestions }).getByRole('button').first().click()
  await expect(register.name(window)).not.toHaveValue('x')
  await register.submitButton(window).click()
  await recoveryKey.shown(window)
  expect(await beeper.control.counts()).toMatchObject({ appSetupResponse: 1, appSetupRegister: 3 })
  expect(app.windows()).toHaveLength(1)
  expect(await beeper.control.newestCode(address)).toBeTruthy()
})
