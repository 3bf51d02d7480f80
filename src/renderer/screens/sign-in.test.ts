import { fake, open } from '../gallery/open.ts'
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import type { Problem } from '#contract/problem'
import type { ScreenOf, View } from '#contract/view'
import { registerScreen } from '../gallery/sign-in-views.ts'
import { problemOf } from '../gallery/view-with.ts'
import { viewWith, views } from '../gallery/views.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name })
const emailView = (problem?: Problem, isBusy = false) =>
  viewWith({ name: 'email', email: 'ada@example.com', isBusy, problem })
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
/** Copies text of several lines, as out of a mail. */
async function copy(text: string): Promise<void> {
  const mail = document.body.appendChild(document.createElement('textarea'))
  mail.value = text
  mail.select()
  await userEvent.copy()
  mail.remove()
}
const calls = () => fake.calls().map(({ name }) => name)
const spoken = () => document.querySelector('.app > [aria-live=polite]')?.textContent

describe('email', () => {
  test('typed and sent with the keyboard alone', async () => {
    await open(views.email)
    await expect.element(page.getByLabelText(en.email.label)).toHaveFocus()
    await userEvent.keyboard('  ada@example.com {Enter}')
    expect(fake.calls()).toEqual([{ name: 'account.sendCode', input: { email: 'ada@example.com' } }])
  })

  test('what has no @ is asked about, not sent', async () => {
    await open(views.email)
    await userEvent.keyboard('ada{Enter}')
    await expect.element(page.getByText(en.email.needsAt)).toBeVisible()
    expect(fake.calls()).toEqual([])
  })

  test('a problem keeps the address, marked', async () => {
    await open(views['email-refused'])
    await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['account.address-refused'].title)
    const field = page.getByLabelText(en.email.label)
    await expect.element(field).toHaveValue('ada@example.con')
    await userEvent.keyboard('b@example.com')
    await expect.element(field).toHaveValue('b@example.com')
  })

  test('a sign-in that was closed starts again with one press, and keeps the address', async () => {
    await open(views['email-gone'])
    await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['account.request-gone'].title)
    await button(en.email.submit).click()
    expect(fake.calls()).toEqual([{ name: 'account.sendCode', input: { email: 'ada@example.com' } }])
  })

  test('a client that is too old: the words of the server, and the way to the new version', async () => {
    await open(views['email-outdated'])
    await expect.element(page.getByText('Please update Beeper to 4.3 or newer to sign in.')).toBeVisible()
    await button(en.problems['account.client-outdated'].action).click()
    expect(fake.calls()).toEqual([{ name: 'app.openPage', input: 'download' }])
  })

  test('no sign-in from here: asks Beeper again once it was done there', async () => {
    await open(views['email-elsewhere'])
    await expect.element(page.getByText('Sign in inside Beeper, then come back.')).toBeVisible()
    await button(en.problems['account.sign-in-unavailable'].action).click()
    expect(calls()).toEqual(['account.checkAgain'])
  })

  test('turned down with words of its own: it is not claimed that it was too often', async () => {
    await open(views['email-wait'])
    expect(en.problems['beeper.rate-limited'].title).not.toMatch(/often/u)
    await expect.element(page.getByRole('alert')).toHaveTextContent('Too many codes for this address.')
  })
})

describe('a server that asks to wait', () => {
  const limited = problemOf('beeper.rate-limited', { retry: 'later', waitMs: 1500 })
  const screens: readonly (readonly [name: string, view: (problem: Problem) => View, submit: string])[] = [
    ['email', emailView, en.email.submit],
    ['code', (problem) => codeView({ canResend: true, problem }), en.code.submit],
    ['register', (problem) => viewWith({ ...registerScreen, problem }), 'Create account'],
  ]

  test.each(screens)('%s counts down, and can be sent when it is over; that is said once', async (_, view, submit) => {
    await open(view(limited))
    await expect.element(page.getByRole('timer')).toHaveTextContent(en.common.waitLabel(2000))
    await expect.element(button(submit)).toBeDisabled()
    expect(spoken()).not.toBe(en.common.waitOver)
    await userEvent.keyboard('{Enter}')
    expect(fake.calls()).toEqual([])
    await expect.element(button(submit), { timeout: 5000 }).toBeEnabled()
    await expect.element(page.getByRole('timer')).toHaveTextContent(en.common.waitOver)
    expect(spoken()).toBe(en.common.waitOver)
  })

  test.each(screens)('%s: without a time nothing is held back', async (_, view, submit) => {
    await open(view(problemOf('beeper.rate-limited', { retry: 'later' })))
    await expect.element(button(submit)).toBeEnabled()
    expect(page.getByRole('timer').elements()).toHaveLength(0)
  })

  test('a code does not go by itself before it is over, nor is a new one sent', async () => {
    await open(codeView({ canResend: true, problem: { ...limited, waitMs: 60_000 } }))
    await page.getByLabelText(en.code.label).fill('123456')
    await expect.element(button(/Send a new code in/u)).toBeDisabled()
    expect(fake.calls()).toEqual([])
  })

  test('the count begins anew only with a new answer', async () => {
    const wait = problemOf('beeper.rate-limited', { retry: 'later', waitMs: 2500 })
    await open(emailView(wait))
    await expect.element(page.getByRole('timer')).toHaveTextContent(en.common.waitLabel(3000))
    await expect.element(page.getByRole('timer'), { timeout: 5000 }).toHaveTextContent(en.common.waitLabel(1000))
    fake.show(emailView(wait))
    await expect.element(page.getByRole('timer'), { timeout: 5000 }).toHaveTextContent(en.common.waitOver)
    fake.show(emailView(undefined, true))
    fake.show(emailView(wait))
    await expect.element(page.getByRole('timer')).toHaveTextContent(en.common.waitLabel(3000))
  })
})

describe('code', () => {
  test.each(['123-4 56', '123\u00a0456', '123\u202f456', '123\u2013456', '\u200b123456', ' 123456\t'])(
    'six digits go by themselves, whatever stands between them: %j',
    async (pasted) => {
      await open(codeView())
      await page.getByLabelText(en.code.label).fill(pasted)
      expect(fake.calls()).toEqual([{ name: 'account.submitCode', input: { code: '123456' } }])
    },
  )

  test('line ends that are pasted along do not matter', async () => {
    await open(codeView())
    await expect.element(page.getByLabelText(en.code.label)).toHaveFocus()
    await copy('123\n456\n')
    await page.getByLabelText(en.code.label).click()
    await userEvent.paste()
    await expect.poll(fake.calls).toEqual([{ name: 'account.submitCode', input: { code: '123456' } }])
  })

  test('goes once', async () => {
    await open(codeView())
    await page.getByLabelText(en.code.label).fill('123456')
    await page.getByLabelText(en.code.label).fill('123 456')
    expect(fake.calls()).toHaveLength(1)
  })

  test('any other length goes by the button', async () => {
    await open(codeView())
    await userEvent.keyboard('ABC-12')
    expect(fake.calls()).toEqual([])
    await button(en.code.submit).click()
    expect(fake.calls()).toEqual([{ name: 'account.submitCode', input: { code: 'ABC12' } }])
  })

  test('a refused code stays, marked, and nothing is sent while it is being checked', async () => {
    await open(codeView())
    await page.getByLabelText(en.code.label).fill('123456')
    fake.show(codeView({ busy: 'checking' }))
    await userEvent.keyboard('{Enter}')
    expect(fake.calls()).toHaveLength(1)
    fake.show(codeView({ problem: problemOf('account.code-refused') }))
    await expect.element(page.getByLabelText(en.code.label)).toHaveFocus()
    await userEvent.keyboard('654321')
    await expect.element(page.getByLabelText(en.code.label)).toHaveValue('654321')
    expect(fake.calls().at(-1)).toEqual({ name: 'account.submitCode', input: { code: '654321' } })
  })

  test('a new one can be sent when main says so, and only then', async () => {
    await open(codeView())
    await expect.element(button(/Send a new code in (?:30|29) sec/u)).toBeDisabled()
    fake.show(codeView({ canResend: true }))
    await button(en.code.resend).click()
    expect(fake.calls()).toEqual([{ name: 'account.sendCode', input: { email: 'ada@example.com' } }])
    await button(en.code.changeAddress).click()
    expect(calls().at(-1)).toBe('account.changeAddress')
  })

  test('a new one leads back to the field, says that only it counts, and may be followed after 30 s', async () => {
    await open(codeView({ canResend: true }))
    await page.getByLabelText(en.code.label).fill('1234')
    await button(en.code.resend).click()
    fake.show(codeView({ busy: 'sending' }))
    fake.show(codeView({ sentCount: 2 }))
    await expect.element(page.getByText(en.code.onlyNewest).last()).toBeVisible()
    expect(spoken()).toBe(en.code.onlyNewest)
    await expect.element(button(/Send a new code in (?:30|29) sec/u)).toBeDisabled()
    await expect.element(page.getByLabelText(en.code.label)).toHaveFocus()
    await userEvent.keyboard('654321')
    expect(fake.calls().at(-1)).toEqual({ name: 'account.submitCode', input: { code: '654321' } })
  })
})
