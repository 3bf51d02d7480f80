// A phone number as a person types it: its country, how it is written, and what goes out.
import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { View } from '#contract/view'
import { en } from '#messages/en'
import { formOf, formView, password, phone } from '../gallery/form-views.ts'

const text = en.form.phone
const input = () => page.getByLabelText(phone.label, { exact: true })
const country = () => page.getByRole('combobox', { name: text.country })
const sent = () => fake.calls().filter(({ name }) => name === 'connect.submit')
const submission = (number: string, isSure = false) => ({
  name: 'connect.submit',
  input: { connectionID: 'c1', fields: { phone: number }, isSure },
})
const inLanguage = (language: string, field = phone): View => ({ ...formView(formOf([field])), language })

/** Opens a phone field and waits until numbers are understood. */
async function openIn(language: string, field = phone): Promise<void> {
  await open(inLanguage(language, field))
  await expect.element(country()).toBeVisible()
}

test.each([
  ['de-DE', 'DE'],
  ['en-GB', 'GB'],
  ['pt-BR', 'BR'],
])('the country of a person who reads %s is %s, and countries are called as they read', async (language, code) => {
  await openIn(language)
  await expect.element(country()).toHaveValue(code)
  const name = new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? ''
  await expect.element(country().getByRole('option', { selected: true })).toHaveTextContent(name)
  await expect.element(input()).toHaveFocus()
  // The network’s example is a lone plus.
  await expect.element(input()).not.toHaveAttribute('placeholder')
})

test('a number of the country is written as there, and goes out whole', async () => {
  await openIn('de-DE')
  await userEvent.keyboard('01701234567')
  await expect.element(input()).toHaveValue('0170 1234567')
  await expect.element(input()).toHaveAccessibleDescription(text.sentAs('+49 170 1234567'))
  await userEvent.keyboard('{Enter}')
  expect(sent()).toEqual([submission('+491701234567')])
})

test.each(['+44 7700 900123', '0044 7700 900123', '00447700900123'])('%s names its country', async (typed) => {
  await openIn('de-DE')
  await userEvent.keyboard(typed)
  await expect.element(country()).toHaveValue('GB')
  await expect.element(input()).toHaveValue('+44 7700 900123')
  await userEvent.keyboard('{Enter}')
  expect(sent()).toEqual([submission('+447700900123')])
})

test('another country is chosen, for a number with and without its country', async () => {
  await openIn('de-DE')
  await userEvent.keyboard('06641234567')
  await country().selectOptions('AT')
  await expect.element(input()).toHaveAccessibleDescription(text.sentAs('+43 664 1234567'))
  await input().fill('+49 170 1234567')
  await country().selectOptions('CH')
  await expect.element(input()).toHaveValue('+41 1701234567')
})

test('what is typed in the middle stays in the middle', async () => {
  await openIn('en-US')
  await userEvent.keyboard('4155550123')
  await expect.element(input()).toHaveValue('(415) 555-0123')
  await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}{Delete}9')
  await expect.element(input()).toHaveValue('(495) 555-0123')
  await userEvent.keyboard('8')
  await expect.element(input()).toHaveValue('49855550123')
})

test('every letter can be taken back, brackets or not', async () => {
  await openIn('en-US')
  await userEvent.keyboard('4155')
  await userEvent.keyboard('{Backspace}{Backspace}{Backspace}{Backspace}')
  await expect.element(input()).toHaveValue('')
})

test('a number that is not whole is said to be, and can be sent as it was typed', async () => {
  await openIn('en-US')
  await userEvent.keyboard('555 12{Enter}')
  await expect.element(input()).toHaveAccessibleDescription(/whole number.*\(555\) 12$/u)
  await expect.element(input()).toHaveAttribute('aria-invalid', 'true')
  expect(sent()).toEqual([])
  await page.getByRole('button', { name: text.sendAsItIs }).click()
  expect(sent()).toEqual([submission('(555) 12')])
})

test('what is no number at all is left as it is', async () => {
  await openIn('en-US')
  await userEvent.keyboard('ada@example.com{Enter}')
  await expect.element(input()).toHaveValue('ada@example.com')
  await page.getByRole('button', { name: text.sendAsItIs }).click()
  expect(sent()).toEqual([submission('ada@example.com')])
})

test('a number that is mended is no longer objected to', async () => {
  await openIn('en-US')
  await userEvent.keyboard('415{Enter}')
  await expect.element(input()).toHaveAttribute('aria-invalid', 'true')
  await userEvent.keyboard('4155550123')
  await expect.element(input()).not.toHaveAttribute('aria-invalid')
  await expect.element(page.getByRole('button', { name: text.sendAsItIs })).not.toBeInTheDocument()
  await userEvent.keyboard('{Enter}')
  expect(sent()).toEqual([submission('+14155550123')])
})

test('what the network fills in, or was typed before, is read as well', async () => {
  await openIn('en-US', { ...phone, initialValue: '+491701234567' })
  await expect.element(input()).toHaveValue('+49 170 1234567')
  await expect.element(country()).toHaveValue('DE')
  await userEvent.keyboard('{Enter}')
  expect(sent()).toEqual([submission('+491701234567')])
})

test('an example with digits is shown', async () => {
  await openIn('en-US', { ...phone, placeholder: '+1 415 555 0123' })
  await expect.element(input()).toHaveAttribute('placeholder', '+1 415 555 0123')
})

test('A7: a number is kept with its country', async () => {
  await openIn('de-DE')
  await userEvent.keyboard('01701234567{Tab}')
  await expect
    .poll(() => fake.calls())
    .toEqual([{ name: 'connect.keep', input: { connectionID: 'c1', fields: { phone: '+491701234567' } } }])
})

test('from country to number to the next field by keyboard alone', async () => {
  await open({ ...formView(formOf([phone, password])), language: 'en-US' })
  await expect.element(country()).toBeVisible()
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
  await expect.element(country()).toHaveFocus()
  await userEvent.keyboard('{Tab}4155550123{Tab}hunter2{Enter}')
  expect(sent()).toMatchObject([{ input: { fields: { phone: '+14155550123', password: 'hunter2' } } }])
})
