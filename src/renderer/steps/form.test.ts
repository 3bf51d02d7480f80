// Forms of networks: what is typed, what is objected to, and what goes out.
import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { InputField } from '#contract/beeper/fields'
import { en } from '#messages/en'
import { field } from '../gallery/connect-views.ts'
import { choice, code, formOf, formView, formViews, password, username } from '../gallery/form-views.ts'
import { markup } from '../gallery/samples.ts'
import { problemOf } from '../gallery/view-with.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const label = (name: string) => page.getByLabelText(name, { exact: true })
const sent = () => fake.calls().filter(({ name }) => name === 'connect.submit')
const submission = (fields: Record<string, string>, isSure = false) => ({
  name: 'connect.submit',
  input: { connectionID: 'c1', fields, isSure },
})
const text = field('text', { label: 'Name' })
const email = field('email', { type: 'email', label: 'Email' })
const signIn = formOf([username, password], { instructions: 'Enter the sign-in.' })
const spoken = () => document.querySelector('[aria-live=polite]')?.textContent.replace('\u00a0', '')

/** Pastes as a person does: the page may take it apart, else it lands where the caret is. */
function paste(into: Element, pasted: string): void {
  const data = new DataTransfer()
  data.setData('text/plain', pasted)
  into.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
}

test.each<[InputField['type'], Record<string, string>]>([
  ['text', { type: 'text', autocomplete: 'off', dir: 'auto' }],
  ['username', { type: 'text', autocomplete: 'username', dir: 'ltr' }],
  ['password', { type: 'password', autocomplete: 'current-password', dir: 'ltr' }],
  ['email', { type: 'email', inputmode: 'email', autocomplete: 'email', dir: 'ltr' }],
  ['phone', { type: 'tel', inputmode: 'tel', autocomplete: 'tel', dir: 'ltr' }],
  ['code', { type: 'text', autocomplete: 'one-time-code', dir: 'ltr' }],
  ['captcha', { type: 'text', autocomplete: 'off', dir: 'ltr' }],
  ['token', { type: 'password', autocomplete: 'off', dir: 'ltr' }],
  ['url', { type: 'url', inputmode: 'url', autocomplete: 'url', dir: 'ltr' }],
  ['domain', { type: 'text', inputmode: 'url', autocomplete: 'off', dir: 'ltr' }],
])('a field for a %s is set up for it', async (type, attributes) => {
  await open(formView(formOf([field('one', { type, label: 'One' })])))
  const input = label('One')
  for (const [name, value] of Object.entries({ ...attributes, autocapitalize: 'off', spellcheck: 'false' }))
    await expect.element(input).toHaveAttribute(name, value)
  await expect.element(input).toHaveFocus()
})

test.each([password, { ...password, type: 'token' as const }])('a secret can be looked at', async (secret) => {
  await open(formView(formOf([secret])))
  await button(en.form.showSecret).click()
  await expect.element(label('Password')).toHaveAttribute('type', 'text')
})

test('a field brings its value, its example and its explanation, of which links are opened after a look', async () => {
  const one = field('one', { label: 'One', initialValue: 'x', placeholder: 'like this', isRequired: false })
  await open(formView(formOf([{ ...one, description: 'Starts with `x`, see https://faq.example/codes.' }])))
  const input = label(`One ${en.form.optional}`)
  await expect.element(input).toHaveValue('x')
  await expect.element(input).toHaveAttribute('placeholder', 'like this')
  await expect.element(input).toHaveAccessibleDescription('Starts with x, see https://faq.example/codes.')
  await page.getByRole('link').click()
  await page.getByRole('dialog').getByRole('button', { name: en.connection.link.open }).click()
  expect(fake.calls()).toEqual([
    { name: 'connect.openLink', input: { connectionID: 'c1', url: 'https://faq.example/codes' } },
  ])
})

test('nothing goes out without what is needed, and that is said where it is', async () => {
  await open(formView(signIn))
  await userEvent.keyboard('{Enter}')
  await expect.element(label(username.label)).toHaveFocus()
  await expect.element(label(username.label)).toHaveAccessibleDescription(en.form.needed)
  expect(spoken()).toBe(en.form.needed)
  await expect.element(button(en.form.sendAnyway)).not.toBeInTheDocument()
  await userEvent.keyboard('ada')
  await expect.element(label(username.label)).not.toHaveAttribute('aria-invalid')
  await userEvent.keyboard('{Enter}')
  await expect.element(label(password.label)).toHaveFocus()
  expect(sent()).toEqual([])
  await userEvent.keyboard('hunter2{Enter}')
  expect(sent()).toEqual([submission({ username: 'ada', password: 'hunter2' })])
})

test('what does not look right is said at its field, once, and goes out when the person is sure', async () => {
  await open(formView(formOf([text, email])))
  await userEvent.keyboard('Ada{Tab}ada{Enter}')
  fake.show(formView(formOf([text, email]), { unfit: ['email'], serial: 80 }))
  await expect.element(label('Email')).toHaveAccessibleDescription(en.form.unfit('Telegram'))
  await expect.element(label('Email')).toHaveFocus()
  expect(spoken()).toBe(en.form.unfit('Telegram'))
  // Once more the same: nothing goes out, and it is said again.
  await label('Name').click()
  await userEvent.keyboard('{Enter}')
  fake.show(formView(formOf([text, email]), { unfit: ['email'], serial: 90 }))
  await expect.element(label('Email')).toHaveFocus()
  await button(en.form.sendAnyway).click()
  expect(sent().at(-1)).toEqual(submission({ text: 'Ada', email: 'ada' }, true))
})

test('another value that does not look right either is objected to again', async () => {
  const step = formOf([email])
  await open(formView(step))
  await userEvent.keyboard('ada{Enter}')
  fake.show(formView(step, { unfit: ['email'], serial: 80 }))
  await expect.element(label('Email')).toHaveAttribute('aria-invalid', 'true')
  await userEvent.keyboard('sam')
  await expect.element(label('Email')).not.toHaveAttribute('aria-invalid')
  await userEvent.keyboard('{Enter}')
  expect(sent()).toHaveLength(2)
  fake.show(formView(step, { unfit: ['email'], serial: 90 }))
  await expect.element(label('Email')).toHaveAttribute('aria-invalid', 'true')
  await expect.element(label('Email')).toHaveFocus()
})

test('what is needed is never sent empty, however sure', async () => {
  await open(formView(formOf([text, email])))
  await userEvent.keyboard('Ada{Tab}ada{Enter}')
  fake.show(formView(formOf([text, email]), { unfit: ['email'], serial: 80 }))
  await label('Name').fill('')
  await button(en.form.sendAnyway).click()
  await expect.element(label('Name')).toHaveFocus()
  expect(sent()).toHaveLength(1)
})

test('R2: a refused code is an error at its field, with the network’s words, and waits for the person', async () => {
  const step = formOf([code], { instructions: 'Enter the code.' })
  const refused = { ...step, instructions: 'Wrong. Look at `Settings`.' }
  await open(formView(step))
  await userEvent.keyboard('123456{Enter}')
  fake.show(formView(step, { isBusy: true }))
  await expect.element(button(en.form.submitting)).toHaveAttribute('aria-disabled', 'true')
  fake.show(formView(refused, { isRejected: true, serial: 2 }))
  const input = label(code.label)
  await expect.element(input).toHaveAttribute('aria-invalid', 'true')
  await expect.element(input).toHaveAccessibleDescription('Six characters Wrong. Look at Settings.')
  await expect.element(input).toHaveFocus()
  await expect.element(input).toHaveValue('123456')
  await expect.element(page.getByText('Enter the code.')).toBeVisible()
  expect(page.getByRole('main').getByText('Wrong. Look at', { exact: false }).elements()).toHaveLength(1)
  expect(document.querySelectorAll('[role=alert]')).toHaveLength(0)
  expect(spoken()).toBe('Wrong. Look at Settings.')
  await userEvent.keyboard('654321')
  await expect.element(input).toHaveValue('654321')
  expect(sent()).toHaveLength(1)
  await userEvent.keyboard('{Enter}')
  expect(sent()[1]).toEqual(submission({ code: '654321' }))
  // On its way again, the words of the refusal do not become what there is to do.
  fake.show(formView(refused, { isBusy: true, serial: 2 }))
  await expect.element(page.getByRole('main').getByText('Wrong.', { exact: false })).not.toBeInTheDocument()
  await expect.element(page.getByText('Enter the code.')).toBeVisible()
})

test('the same refusal once more is said once more', async () => {
  const step = formOf([code])
  await open(formView(step))
  await userEvent.keyboard('1{Enter}')
  fake.show(formView({ ...step, instructions: 'Wrong.' }, { isRejected: true, serial: 2 }))
  await expect.poll(spoken).toBe('Wrong.')
  const before = document.querySelector('[aria-live=polite]')?.textContent
  fake.show(formView({ ...step, instructions: 'Wrong.' }, { isBusy: true, serial: 2 }))
  fake.show(formView({ ...step, instructions: 'Wrong.' }, { isRejected: true, serial: 3 }))
  await expect.poll(() => document.querySelector('[aria-live=polite]')?.textContent).not.toBe(before)
  expect(spoken()).toBe('Wrong.')
})

test('a refusal without new words has ours, and leaves the old ones where they are', async () => {
  const step = formOf([code], { instructions: 'Enter the code.' })
  await open(formView(step))
  await userEvent.keyboard('1{Enter}')
  fake.show(formView(step, { isRejected: true, serial: 2 }))
  await expect.element(label(code.label)).toHaveAccessibleDescription(`Six characters ${en.form.rejectedHere}`)
  expect(page.getByText('Enter the code.').elements()).toHaveLength(1)
})

test('several fields that were refused are spoken for above them, and the first is marked', async () => {
  await open(formView(signIn))
  await userEvent.keyboard('ada{Tab}wrong{Enter}')
  fake.show(formView({ ...signIn, instructions: 'Not these.' }, { isRejected: true, serial: 2 }))
  const alert = page.getByRole('alert')
  await expect.element(alert.getByText('Not these.')).toBeVisible()
  expect(page.getByText('Not these.').elements()).toHaveLength(1)
  await expect.element(label(username.label)).toHaveFocus()
  await expect.element(label(password.label)).toHaveValue('wrong')
  await userEvent.keyboard('sam')
  await expect.element(label(username.label)).toHaveValue('sam')
  const above = document.querySelector('[role=alert]')?.compareDocumentPosition(label(username.label).element())
  expect(above).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
})

test('a lost answer is said above, and the form is as it was', async () => {
  await open(formView(signIn))
  await userEvent.keyboard('ada{Tab}secret{Enter}')
  fake.show(formView(signIn, { isBusy: true, problem: problemOf('beeper.unreachable') }))
  await expect.element(page.getByText(en.problems['beeper.unreachable'].title)).toBeVisible()
  await expect.element(label(password.label)).toHaveFocus()
  fake.show(formView(signIn, { problem: problemOf('connect.unheard'), serial: 2 }))
  await expect.element(page.getByRole('alert').getByText(en.problems['connect.unheard'].title)).toBeVisible()
  await expect.element(label(username.label)).toHaveFocus()
  await expect.element(label(password.label)).toHaveValue('secret')
})

test('the last minutes do not take the focus away', async () => {
  await open(formView(signIn, { isRejected: true, serial: 2 }))
  await label(password.label).click()
  fake.show(formView(signIn, { isRejected: true, serial: 2, minutesLeft: 4 }))
  await expect.element(page.getByText(en.connection.closesSoon(4))).toBeVisible()
  await expect.element(label(password.label)).toHaveFocus()
})

test('a code is pasted without what hangs at its ends, and may have letters and dashes', async () => {
  await open(formView(formOf([code])))
  const input = label(code.label)
  paste(input.element(), '  abc-123\n')
  await expect.element(input).toHaveValue('abc-123')
  expect(sent()).toEqual([])
  await userEvent.keyboard('{Enter}')
  expect(sent()).toEqual([submission({ code: 'abc-123' })])
})

test('a choice among other fields is the system’s own list', async () => {
  await open(formView(formOf([text, { ...choice, isRequired: false }])))
  await userEvent.keyboard('Ada')
  await label(`${choice.label} ${en.form.optional}`).selectOptions('Email')
  await button(en.form.submit).click()
  expect(sent()).toEqual([submission({ text: 'Ada', mfatype: 'Email' })])
})

test('thirty fields: Enter sends from any, what is missing is listed, and the first of it is at hand', async () => {
  await open(formViews['form-thirty'], { width: 480, height: 560 })
  await label(`Field 30 ${en.form.optional}`).click()
  await userEvent.keyboard('{Enter}')
  await expect.element(label('Field 1')).toHaveFocus()
  const alert = page.getByRole('alert')
  await expect.element(alert.getByText(en.form.unfitTitle)).toBeInTheDocument()
  expect(alert.getByRole('button').elements()).toHaveLength(15)
  await alert.getByRole('button', { name: 'Field 17' }).click()
  await expect.element(label('Field 17')).toHaveFocus()
  for (let index = 1; index <= 29; index += 2) await label(`Field ${String(index)}`).fill('x')
  await expect.element(alert).not.toBeInTheDocument()
  await userEvent.keyboard('{Enter}')
  expect(sent()).toHaveLength(1)
})

test('a form without fields is a button', async () => {
  await open(formViews['form-nothing'])
  await button(en.form.submit).click()
  expect(sent()).toEqual([submission({})])
})

test('another way is taken after a question', async () => {
  await open(formViews['form-phone'])
  await button(/^QR code/u).click()
  await button(en.connection.otherWays.switch).click()
  expect(fake.calls()).toEqual([{ name: 'connect.choose', input: { connectionID: 'c1', flowID: 'qr code' } }])
})

test('WIN-6: markup and marks of direction are text', async () => {
  await open(formViews['form-hostile'])
  await expect.element(page.getByText(markup, { exact: false }).first()).toBeVisible()
  expect(document.querySelectorAll('main img, main b')).toHaveLength(0)
  expect(document.title).not.toBe('1')
  for (const name of document.querySelectorAll('form label > :first-child')) expect(name.tagName).toBe('BDI')
})
