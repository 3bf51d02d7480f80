import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import type { Problem } from '#contract/problem'
import { problemOf } from '../gallery/view-with.ts'
import { registerScreen } from '../gallery/sign-in-views.ts'
import { viewWith, views } from '../gallery/views.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name })
const field = () => page.getByLabelText(en.register.label)
const box = () => page.getByRole('checkbox', { name: en.register.accept })
const registerView = (problem: Problem | undefined, isBusy = false) => viewWith({ ...registerScreen, problem, isBusy })

test('nothing is sent before the box is ticked', async () => {
  await open(views.register)
  await field().fill('ada.example')
  await expect.element(page.getByText('@ada.example:beeper.com')).toBeVisible()
  await expect.element(box()).not.toBeChecked()
  await button('Create account').click()
  await expect.element(page.getByText(en.register.acceptNeeded)).toBeVisible()
  expect(fake.calls()).toEqual([])
  await box().click()
  await button('Create account').click()
  expect(fake.calls()).toEqual([{ name: 'account.register', input: { username: 'ada.example', acceptTerms: true } }])
})

test('a suggestion fills the field, an odd name is only pointed at, while it is typed', async () => {
  await open(views.register)
  await expect.element(page.getByText(en.register.format)).toBeVisible()
  await button(en.register.suggestion('ada-22')).click()
  await expect.element(field()).toHaveValue('ada-22')
  await userEvent.keyboard('Ada Übel')
  await expect.element(page.getByText(en.register.formatOdd)).toBeVisible()
  await button(en.register.terms).click()
  await button(en.register.privacy).click()
  expect(fake.calls().map(({ input }) => input)).toEqual(['terms', 'privacy'])
})

test.each(['account.username-taken', 'account.username-refused'] as const)(
  '%s stands at the field in the server’s words; name, box and suggestions stay',
  async (code) => {
    await open(views.register)
    await field().fill('ada')
    await box().click()
    await button('Create account').click()
    fake.show(registerView(undefined, true))
    fake.show(registerView(problemOf(code, { says: 'Pick something longer.', detail: '422 bad_name' })))
    await expect.element(field()).toHaveFocus()
    await expect.element(field()).toHaveValue('ada')
    await expect
      .element(field())
      .toHaveAccessibleDescription(
        `${en.problems[code].title} ${en.problems[code].explanation} ${en.common.saysInLine('Beeper', 'Pick something longer.')}`,
      )
    await expect.element(box()).toBeChecked()
    await expect.element(button(en.register.suggestion('ada-22'))).toBeVisible()
    expect(page.getByRole('alert').elements()).toHaveLength(0)

    // The old name is marked, so that typing replaces it, and the complaint about it goes with it.
    await userEvent.keyboard('ada.example')
    await expect.element(field()).toHaveValue('ada.example')
    await expect.element(field()).toHaveAccessibleDescription(en.register.format)
    await userEvent.keyboard('{Enter}')
    expect(fake.calls().at(-1)?.input).toEqual({ username: 'ada.example', acceptTerms: true })
  },
)

test('any other problem stands above the form', async () => {
  await open(registerView(problemOf('beeper.timeout')))
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['beeper.timeout'].title)
  await expect.element(field()).toHaveAccessibleDescription(en.register.format)
})
