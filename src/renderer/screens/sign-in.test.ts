import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import type { ScreenOf } from '#contract/view'
import { viewWith, views } from '../gallery/views.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name })
const codeView = (more: Partial<ScreenOf<'code'>> = {}) =>
  viewWith({
    name: 'code',
    email: 'ada@example.com',
    busy: 'no',
    sentCount: 1,
    canResend: false,
    resendAfterMs: 30_000,
    problem: undefined,
    ...more,
  })

test('email: typed and sent with the keyboard alone', async () => {
  await open(views.email)
  await expect.element(page.getByLabelText(en.email.label)).toHaveFocus()
  await userEvent.keyboard('  ada@example.com {Enter}')
  expect(fake.calls()).toEqual([{ name: 'account.sendCode', input: { email: 'ada@example.com' } }])
})

test('email: what has no @ is asked about, not sent', async () => {
  await open(views.email)
  await userEvent.keyboard('ada{Enter}')
  await expect.element(page.getByText(en.email.needsAt)).toBeVisible()
  expect(fake.calls()).toEqual([])
})

test('email: a problem keeps the address, marked', async () => {
  await open(views['email-refused'])
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['account.address-refused'].title)
  const field = page.getByLabelText(en.email.label)
  await expect.element(field).toHaveValue('ada@example.con')
  await userEvent.keyboard('b@example.com')
  await expect.element(field).toHaveValue('b@example.com')
})

test('code: six digits go by themselves, once, whatever stands between them', async () => {
  await open(codeView())
  await page.getByLabelText(en.code.label).fill('123-4 56')
  expect(fake.calls()).toEqual([{ name: 'account.submitCode', input: { code: '123456' } }])
  await page.getByLabelText(en.code.label).fill('123 456')
  expect(fake.calls()).toHaveLength(1)
})

test('code: any other length goes by the button', async () => {
  await open(codeView())
  await userEvent.keyboard('ABC-12')
  expect(fake.calls()).toEqual([])
  await button(en.code.submit).click()
  expect(fake.calls()).toEqual([{ name: 'account.submitCode', input: { code: 'ABC12' } }])
})

test('code: a refused code stays, marked, and nothing is sent while it is being checked', async () => {
  await open(codeView())
  await page.getByLabelText(en.code.label).fill('123456')
  fake.show(codeView({ busy: 'checking' }))
  await userEvent.keyboard('{Enter}')
  expect(fake.calls()).toHaveLength(1)
  fake.show(codeView({ problem: { code: 'account.code-refused', retry: 'now' } }))
  await expect.element(page.getByLabelText(en.code.label)).toHaveFocus()
  await userEvent.keyboard('654321')
  await expect.element(page.getByLabelText(en.code.label)).toHaveValue('654321')
  expect(fake.calls().at(-1)).toEqual({ name: 'account.submitCode', input: { code: '654321' } })
})

test('code: a new one can be sent when main says so, and only then', async () => {
  await open(codeView())
  await expect.element(button(/Send a new code in/u)).toBeDisabled()
  fake.show(codeView({ canResend: true }))
  await button(en.code.resend).click()
  expect(fake.calls()).toEqual([{ name: 'account.sendCode', input: { email: 'ada@example.com' } }])
  fake.show(codeView({ sentCount: 2 }))
  await expect.element(page.getByText(en.code.onlyNewest)).toBeVisible()
  await button(en.code.changeAddress).click()
  expect(fake.calls().at(-1)).toEqual({ name: 'account.changeAddress', input: undefined })
})

test('register: nothing is sent before the box is ticked', async () => {
  await open(views.register)
  await page.getByLabelText(en.register.label).fill('ada.example')
  await expect.element(page.getByText('@ada.example:beeper.com')).toBeVisible()
  const box = page.getByRole('checkbox', { name: en.register.accept })
  await expect.element(box).not.toBeChecked()
  await button('Create account').click()
  await expect.element(page.getByText(en.register.acceptNeeded)).toBeVisible()
  expect(fake.calls()).toEqual([])
  await box.click()
  await button('Create account').click()
  expect(fake.calls()).toEqual([{ name: 'account.register', input: { username: 'ada.example', acceptTerms: true } }])
})

test('register: a suggestion fills the field, an odd name is only pointed at', async () => {
  await open(views.register)
  await button(en.register.suggestion('ada-22')).click()
  await expect.element(page.getByLabelText(en.register.label)).toHaveValue('ada-22')
  await userEvent.keyboard('Ada Übel')
  await expect.element(page.getByText(en.register.formatOdd)).toBeVisible()
  await button(en.register.terms).click()
  await button(en.register.privacy).click()
  expect(fake.calls().map(({ input }) => input)).toEqual(['terms', 'privacy'])
})

test('authorise: opens the browser, opens it again, gives up', async () => {
  await open(views.authorise)
  await button(en.authorise.open).click()
  fake.show(views['authorise-waiting'])
  await button(en.authorise.openAgain).click()
  await button(en.authorise.cancel).click()
  expect(fake.calls().map(({ name }) => name)).toEqual([
    'account.authorise',
    'account.authorise',
    'account.cancelAuthorise',
  ])
})

test('keychain: three ways on', async () => {
  await open(views['keychain-save'])
  await button(en.keychain.retry).click()
  await button(en.keychain.thisRun).click()
  await open(views['keychain-read'])
  await button(en.keychain.signInAgain).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['account.signInAgain'])
})
