// Comparing pictures, numbers and codes: what is said is said by the person, of what is on the screen (A6).
import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { choosing, comparing, phone, sevenEmoji, stranger, verificationView } from '../gallery/verification-views.ts'
import { views } from '../gallery/views.ts'

const text = en.verification.comparing
const id = { verificationID: 'v1' }
const button = (name: string) => page.getByRole('button', { name, exact: true })
const heading = (name: string) => page.getByRole('heading', { level: 1, name })
const pictures = page.getByRole('list', { name: text.pictures })
const shown = (): string[][] =>
  Array.from(document.querySelectorAll(`ol[aria-label='${text.pictures}'] li`), (one) =>
    Array.from(one.querySelectorAll('bdi'), (name) => name.textContent),
  )

test('A6: seven pictures with their names, in order', async () => {
  await open(views['verification-comparing'])
  await expect.element(pictures).toBeVisible()
  expect(shown()).toEqual([['Dog'], ['Spanner'], ['Telephone'], ['Globe'], ['Glasses'], ['Scissors'], ['Trumpet']])
  for (const image of document.querySelectorAll<HTMLImageElement>('main ol img')) {
    await image.decode()
    expect(image.naturalWidth).toBeGreaterThan(0)
  }
})

test('the names are in the person’s language, and in English underneath where that differs', async () => {
  await open(verificationView({ ...comparing, emojis: ['🐶', '🤖', '🎅'] }, { view: { language: 'de' } }))
  await expect.poll(shown).toEqual([
    ['Hund', 'Dog'],
    ['Roboter', 'Robot'],
    ['Weihnachtsmann', 'Santa'],
  ])
  expect(page.getByText('Hund').element().closest('[lang]')?.getAttribute('lang')).toBe('de')
  await open(verificationView({ ...comparing, emojis: ['🤖', '🐶'] }, { view: { language: 'nl' } }))
  await expect.poll(shown).toEqual([['Robot'], ['Hond', 'Dog']])
})

test('one that is not among the 64 is drawn as text', async () => {
  await open(views['verification-comparing-unlisted'])
  await expect.element(page.getByRole('img', { name: '🦊' })).toBeVisible()
  expect(document.querySelectorAll('main ol img')).toHaveLength(5)
})

test('the numbers are there on demand', async () => {
  await open(views['verification-comparing'])
  const numbers = page.getByRole('list', { name: text.numbers })
  await expect.element(numbers).not.toBeInTheDocument()
  await page.getByText(text.numbersFold).click()
  await expect.element(numbers).toBeVisible()
  await expect.element(numbers).toHaveTextContent('1342')
})

test('A6: neither answer is the default: the heading has the focus, and Enter and Space do nothing', async () => {
  await open(views['verification-comparing'])
  await expect.element(heading(text.title)).toHaveFocus()
  await userEvent.keyboard('{Enter} {Escape}{Enter}')
  expect(fake.calls()).toEqual([])
  expect(document.querySelectorAll('main button.primary, main [autofocus], main form')).toHaveLength(0)
})

test('A6: the yes is said of exactly the pictures that are shown', async () => {
  await open(views['verification-comparing'])
  await button(text.match).click()
  expect(fake.calls()).toEqual([{ name: 'security.confirmEmoji', input: { ...id, emojis: [...sevenEmoji] } }])
})

test('A6: without pictures the yes is said of the numbers', async () => {
  await open(views['verification-comparing-numbers'])
  await expect.element(page.getByRole('list', { name: text.numbers })).toBeVisible()
  await button(text.match).click()
  expect(fake.calls()).toEqual([{ name: 'security.confirmEmoji', input: { ...id, emojis: ['1342', '5907', '8120'] } }])
})

test('A6: a no stops it, and says why', async () => {
  await open(views['verification-comparing'])
  await button(text.differ).click()
  expect(fake.calls()).toEqual([{ name: 'security.cancelVerification', input: { ...id, why: 'mismatch' } }])
})

test('A6: the second half of a double click is no answer', async () => {
  await open(views['verification-comparing'])
  await expect.element(button(text.match)).toBeVisible()
  for (const name of [text.match, text.differ])
    button(name)
      .element()
      .dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }))
  expect(fake.calls()).toEqual([])
})

test('A6: what has only just appeared takes no press of the pointer', async () => {
  await open(views['verification-comparing'])
  const answers = document.querySelector('.answers')
  expect(answers && getComputedStyle(answers).pointerEvents).toBe('none')
  await expect.poll(() => answers && getComputedStyle(answers).pointerEvents).toBe('auto')
})

test('A6: no answer appears where the ways to compare were pressed', async () => {
  const boxes = (selector: string): DOMRect[] =>
    Array.from(document.querySelectorAll(selector), (one) => one.getBoundingClientRect())
  await open(views['verification-choosing'])
  const pressed = boxes('main .choice')
  expect(pressed).toHaveLength(2)
  fake.show(views['verification-comparing'])
  await expect.poll(() => boxes('main .answers button').length).toBe(2)
  const answers = boxes('main .answers button')
  const isUnder = (one: DOMRect, other: DOMRect): boolean =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
  expect(pressed.filter((one) => answers.some((other) => isUnder(one, other)))).toEqual([])
})

test.each([
  ['English', 'en'],
  ['German', 'de'],
])('at the smallest size the answers do not cover the pictures (%s)', async (_, language) => {
  await open(verificationView(comparing, { view: { language } }), { width: 480, height: 560 })
  const place = document.querySelector('.app')?.parentElement
  if (place) place.style.height = '100vh'
  const bottomOf = (selector: string): number =>
    document.querySelector(selector)?.getBoundingClientRect().bottom ?? Infinity
  await expect.poll(() => bottomOf('main .answers')).toBeLessThanOrEqual(560)
  const top = document.querySelector('main .answers button')?.getBoundingClientRect().top ?? 0
  expect(bottomOf(`ol[aria-label='${text.pictures}']`)).toBeLessThanOrEqual(top)
})

test('A6: pictures that changed are another question', async () => {
  await open(views['verification-comparing'])
  const before = button(text.match).element()
  fake.show(verificationView({ ...comparing, emojis: ['🐱', ...sevenEmoji.slice(1)] }))
  await expect.element(page.getByText('Cat')).toBeVisible()
  expect(document.contains(before)).toBe(false)
  await expect.element(heading(text.title)).toHaveFocus()
})

test('after the answer: waiting for the other side, and still a way to stop', async () => {
  await open(views['verification-comparing-waiting'])
  await expect.element(page.getByText(text.waiting(phone))).toBeVisible()
  expect(button(text.match).elements()).toHaveLength(0)
  await expect.element(pictures).toBeVisible()
  await button(en.verification.cancel).click()
  expect(fake.calls()).toEqual([{ name: 'security.cancelVerification', input: { ...id, why: 'cancelled' } }])
})

test('an answer on its way shows which one, and the no stays possible', async () => {
  await open(views['verification-comparing'])
  await button(text.match).click()
  fake.show(verificationView(comparing, { isBusy: true }))
  await expect.element(button(text.match)).toHaveAttribute('aria-disabled', 'true')
  await button(text.differ).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['security.confirmEmoji', 'security.cancelVerification'])
})

test('with nothing to compare there is nothing to answer', async () => {
  await open(views['verification-comparing-nothing'])
  await expect.element(page.getByText(text.nothing)).toBeVisible()
  expect(document.querySelectorAll('main .answers')).toHaveLength(0)
})

test('a yes that came too late is said, above the pictures that count now', async () => {
  await open(views['verification-comparing-late'])
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['security.too-late'].title)
  await expect.element(button(text.match)).toBeVisible()
})

test('what cannot be cancelled has no “no”, and can be left', async () => {
  await open(verificationView(comparing, { canCancel: false }))
  expect(button(text.differ).elements()).toHaveLength(0)
  expect(button(en.verification.cancel).elements()).toHaveLength(0)
  await button(en.verification.leave).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['security.leaveVerification'])
})

test('A6: whether the other device has read our code is the person’s to say', async () => {
  const { scanned } = en.verification
  await open(views['verification-scanned'])
  await expect.element(heading(scanned.title)).toHaveFocus()
  await userEvent.keyboard('{Enter} ')
  expect(fake.calls()).toEqual([])
  await button(scanned.yes).click()
  await button(scanned.no).click()
  expect(fake.calls()).toEqual([
    { name: 'security.confirmScanned', input: id },
    { name: 'security.cancelVerification', input: { ...id, why: 'not-scanned' } },
  ])
})

test('the yes to a code that was read is said once', async () => {
  await open(views['verification-scanned-waiting'])
  await expect.element(page.getByText(en.verification.scanned.waiting(phone))).toBeVisible()
  expect(button(en.verification.scanned.yes).elements()).toHaveLength(0)
})

test('what we have read is confirmed on the other device', async () => {
  await open(views['verification-read'])
  await expect.element(page.getByText(en.verification.read.waiting(phone))).toBeVisible()
  await button(en.verification.cancel).click()
  expect(fake.calls()).toEqual([{ name: 'security.cancelVerification', input: { ...id, why: 'cancelled' } }])
})

test('agreeing is not called more than that', async () => {
  const { settling } = en.verification
  await open(verificationView({ at: 'settling' }, { canCancel: false }))
  await expect.element(heading(settling.title)).toBeVisible()
  await expect.element(page.getByText(settling.waiting)).toBeVisible()
  expect(document.querySelector('main header')?.textContent).not.toMatch(/verified|success|trusted/iu)
  expect(button(settling.again).elements()).toHaveLength(0)
  expect(fake.calls()).toEqual([])
})

test('when Beeper does not take it up: said, and another try', async () => {
  const { settling } = en.verification
  await open(views['verification-settling-slow'])
  await expect.element(page.getByText(settling.slow, { exact: true }).first()).toBeInTheDocument()
  await button(settling.again).click()
  expect(fake.calls()).toEqual([{ name: 'security.leaveVerification', input: undefined }])
})

test.each([
  ['one’s own device', views['verification-done'], en.verification.done.lead(phone)],
  ['somebody else', views['verification-done-stranger'], en.verification.done.strangerLead(stranger)],
])('done with %s', async (_, view, lead) => {
  await open(view)
  await expect.element(page.getByText(lead)).toBeVisible()
  await button(en.verification.done.goOn).click()
  expect(fake.calls()).toEqual([{ name: 'security.leaveVerification', input: undefined }])
})

test('another verification in the same stage starts clean', async () => {
  await open(views['verification-choosing'])
  await button(en.verification.choosing.compare).click()
  const before = document.querySelector('main h1')
  fake.show(verificationView(choosing, { verificationID: 'v2', isBusy: true }))
  await expect.poll(() => document.querySelector('main h1')).not.toBe(before)
  await expect.element(button(en.verification.choosing.compare)).not.toHaveAttribute('aria-disabled')
})
