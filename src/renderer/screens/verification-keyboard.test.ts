// The whole way by another device, with the keyboard alone.
import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { choosing, comparing, request, sevenEmoji, verificationView } from '../gallery/verification-views.ts'
import { viewWith, views } from '../gallery/views.ts'

const text = en.verification
const heading = (name: string) => page.getByRole('heading', { level: 1, name })
const nameOf = (element: Element | null): string =>
  element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? ''

/** Goes on by Tab until something with this name has the focus, and presses it. */
async function press(name: string, key = '{Enter}'): Promise<void> {
  for (let steps = 0; steps < 30 && nameOf(document.activeElement) !== name; steps++) await userEvent.keyboard('{Tab}')
  expect(nameOf(document.activeElement)).toBe(name)
  await userEvent.keyboard(key)
}

test('A6: from the doors to the answer, by pictures', async () => {
  await open(views.verify)
  await press(en.verify.device)
  fake.show(views['verification-outgoing'])
  await expect.element(heading(text.asking.title)).toHaveFocus()
  fake.show(views['verification-choosing'])
  await expect.element(heading(text.choosing.title)).toHaveFocus()
  await press(text.choosing.compare)
  fake.show(views['verification-comparing'])
  await expect.element(heading(text.comparing.title)).toHaveFocus()
  // A key that is still down, or pressed once more, answers nothing.
  await userEvent.keyboard('{Enter}{Enter}')
  await press(text.comparing.numbersFold)
  await expect.element(page.getByRole('list', { name: text.comparing.numbers })).toBeVisible()
  await press(text.comparing.match)
  fake.show(verificationView({ ...comparing, canAnswer: false }))
  await expect.element(page.getByRole('button', { name: text.comparing.match })).not.toBeInTheDocument()
  fake.show(views['verification-settling'])
  await expect.element(heading(text.settling.title)).toHaveFocus()
  expect(fake.calls()).toEqual([
    { name: 'security.requestVerification', input: undefined },
    { name: 'security.startEmoji', input: { verificationID: 'v1' } },
    { name: 'security.confirmEmoji', input: { verificationID: 'v1', emojis: [...sevenEmoji] } },
  ])
})

test('the scanner, text, and back', async () => {
  await open(views['verification-choosing'])
  await press(text.choosing.scan)
  fake.show(verificationView({ ...choosing, isScanning: true }))
  await expect.element(heading(text.scanner.title)).toHaveFocus()
  await press(text.scanner.textFold)
  await userEvent.keyboard('{Tab}some-code{Enter}')
  fake.show(
    verificationView({ ...choosing, isScanning: true }, { problem: { code: 'security.code-not-read', retry: 'now' } }),
  )
  await expect.element(page.getByRole('alert')).toBeVisible()
  await press(text.scanner.again)
  await expect.element(heading(text.scanner.title)).toHaveFocus()
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
  expect(nameOf(document.activeElement)).toBe(text.scanner.back)
  await userEvent.keyboard('{Enter}')
  expect(fake.calls()).toEqual([
    { name: 'security.scanner', input: { isOpen: true } },
    { name: 'security.scanCode', input: { data: 'some-code' } },
    { name: 'security.scanner', input: { isOpen: false } },
  ])
})

test('a card is reached before the screen under it', async () => {
  const asks = request()
  await open(viewWith(views.verify.screen, { requests: [asks] }))
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
  expect(nameOf(document.activeElement)).toBe(en.requests.notMeNamed(asks))
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
  expect(nameOf(document.activeElement)).toBe(en.requests.acceptNamed(asks))
  await userEvent.keyboard(' ')
  expect(fake.calls()).toEqual([{ name: 'security.acceptVerification', input: { verificationID: 'r1' } }])
})

test('an ending: ask again, or another door', async () => {
  await open(views['verification-timed-out'])
  await press(text.ended.again)
  await press(en.otherDoors.key)
  await press(en.otherDoors.neither)
  await expect
    .poll(() => fake.calls().map(({ name }) => name))
    .toEqual(['security.leaveVerification', 'security.requestVerification', 'security.openDoor', 'security.openDoor'])
})
