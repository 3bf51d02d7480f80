// Another computer or port: the field, its problems, and the question before anything is sent to another computer.
import { fake, open } from '../../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { findView, findViews, several } from '../../gallery/find-views.ts'

const text = en.find
const button = (name: string | RegExp) => page.getByRole('button', { name })
const field = () => page.getByLabelText(text.addressLabel)
const calls = () => fake.calls().map(({ name }) => name)
const origin = 'https://beeper.example.org'

async function type(address: string): Promise<void> {
  await page.getByText(text.anotherAddress).click()
  await field().click()
  await userEvent.keyboard(address)
}

test('another address, by keyboard', async () => {
  await open(findViews['find-empty'])
  await type('127.0.0.1:9999{Enter}')
  expect(fake.calls()).toEqual([{ name: 'find.useAddress', input: { address: '127.0.0.1:9999' } }])
})

test('an empty address is not sent', async () => {
  await open(findViews.find)
  await type('  {Enter}')
  expect(fake.calls()).toEqual([])
})

test.each(['beeper.bad-address', 'beeper.needs-https'] as const)(
  '%s belongs to the field, which opens and keeps what was typed',
  async (code) => {
    await open(findViews.find)
    await type('http://beeper.example.org')
    fake.show(findView({ problem: { code, retry: 'never' } }))
    await expect.element(page.getByText(en.problems[code].title, { exact: false })).toBeVisible()
    await expect.element(field()).toHaveFocus()
    await expect.element(field()).toHaveAttribute('aria-invalid', 'true')
    await expect.element(field()).toHaveValue('http://beeper.example.org')
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  },
)

test('a problem that was there before the screen opens the field', async () => {
  await open(findViews['find-bad-address'])
  await expect.element(field()).toHaveFocus()
})

test('a problem of the typed address stands by the field, with its details, and the text survives', async () => {
  await open(findViews.find)
  await type('beeper.example.org{Enter}')
  fake.show(findView({ opening: origin }))
  await expect.element(button(text.opening)).toHaveAttribute('aria-disabled', 'true')
  fake.show(findView({ problem: { code: 'beeper.cert-untrusted', retry: 'never', detail: 'SELF_SIGNED' } }))
  const note = page.getByRole('alert')
  await expect.element(note).toHaveTextContent(en.problems['beeper.cert-untrusted'].title)
  expect(document.querySelector('form [role=alert]')).not.toBeNull()
  await note.getByText(en.common.details, { exact: true }).click()
  await expect.element(page.getByText('SELF_SIGNED', { exact: false })).toBeVisible()
  await expect.element(field()).toHaveValue('beeper.example.org')
})

test('a problem of a server of the list stands on top, also when something was typed before', async () => {
  await open(findViews.find)
  await type('beeper.example.org{Enter}')
  await button(text.actionsNamed['signed-out']('Beeper Desktop')).click()
  fake.show(findView({ problem: { code: 'beeper.timeout', retry: 'now' } }))
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['beeper.timeout'].title)
  expect(document.querySelector('form [role=alert]')).toBeNull()
})

test('a problem after signing out stands on top', async () => {
  await open(findViews['find-not-revoked'])
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['account.not-revoked'].title)
  expect(document.querySelector('form [role=alert]')).toBeNull()
})

test('ORI-1: another computer is named and asked about before anything goes there; yes names that very origin', async () => {
  await open(findViews.find)
  await type('beeper.example.org{Enter}')
  fake.show(findViews['find-asking'])
  await expect.element(page.getByRole('heading', { name: text.askTitle })).toHaveFocus()
  await expect.element(page.getByText('beeper.example.org', { exact: true })).toBeVisible()
  for (const sent of text.askSent) await expect.element(page.getByText(sent)).toBeVisible()
  await expect.element(page.getByText(text.askTrust)).toBeVisible()
  await expect.element(page.getByText(text.askMixed)).not.toBeInTheDocument()
  expect(document.querySelectorAll('button.primary')).toHaveLength(1)
  await button(text.askYes).click()
  expect(fake.calls().slice(1)).toEqual([{ name: 'find.allow', input: { origin } }])
})

test('ORI-1: Enter alone says neither yes nor no; no brings the field back with what was typed', async () => {
  await open(findViews.find)
  await type('beeper.example.org{Enter}')
  fake.show(findViews['find-asking'])
  await expect.element(page.getByRole('heading', { name: text.askTitle })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  expect(calls()).toEqual(['find.useAddress'])
  await userEvent.keyboard('{Tab}{Tab}{Enter}')
  expect(calls()).toEqual(['find.useAddress', 'find.refuse'])
  fake.show(findViews.find)
  await expect.element(field()).toHaveFocus()
  await expect.element(field()).toHaveValue('beeper.example.org')
})

test('a host with letters beyond ASCII stays punycode, and that it can be mistaken is said', async () => {
  await open(findViews['find-asking-punycode'])
  await expect.element(page.getByText('xn--bper-8raa.example.org:8443', { exact: true })).toBeVisible()
  await expect.element(page.getByText(text.askMixed)).toBeVisible()
  await expect.element(page.getByRole('heading', { name: text.askTitle })).toHaveFocus()
})

test('choosing from the list while asked keeps the focus on the list', async () => {
  await open(findViews['find-asking'])
  await button(text.actionsNamed['signed-out']('Beeper Desktop')).click()
  fake.show(findView({ opening: 'http://127.0.0.1:23373' }))
  await expect.element(page.getByRole('heading', { name: text.askTitle })).not.toBeInTheDocument()
  await expect.element(button(text.opening)).toHaveFocus()
})

test('the question scrolls into view with its answers, also in the smallest window', async () => {
  await open(findViews['find-several'], { width: 480, height: 560 })
  await type('beeper.example.org{Enter}')
  fake.show(findView({ beepers: several, asking: origin }))
  await expect.element(page.getByRole('heading', { name: text.askTitle })).toHaveFocus()
  await expect.poll(() => button(text.askNo).element().getBoundingClientRect().bottom).toBeLessThanOrEqual(560)
})
