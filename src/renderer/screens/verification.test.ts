// Confirming by another device: the doors, waiting, who asks, and how to compare.
import { fake, open } from '../gallery/open.ts'
import jsQR from 'jsqr'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { en } from '#messages/en'
import { choosing, phone, qrBytes, stranger, verificationView } from '../gallery/verification-views.ts'
import { viewNames, views } from '../gallery/views.ts'

const text = en.verification
const id = { verificationID: 'v1' }
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const heading = (name: string) => page.getByRole('heading', { level: 1, name })
const names = (): string[] => fake.calls().map(({ name }) => name)
const buttonsIn = (container: Element | null): string[] =>
  Array.from(container?.querySelectorAll('button') ?? [], (one) => one.textContent.trim())

/** Reads the code on the page as the other device would, from its pixels. */
async function scanned(): Promise<string | undefined> {
  const svg = document.querySelector('svg[role=img]')
  if (!(svg instanceof SVGSVGElement)) return undefined
  const copy = svg.cloneNode(true) as SVGSVGElement
  copy.setAttribute('width', '600')
  copy.setAttribute('height', '600')
  copy.querySelector('.white')?.setAttribute('fill', '#fff')
  const image = new Image()
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
  await image.decode()
  const context = new OffscreenCanvas(600, 600).getContext('2d')
  context?.drawImage(image, 0, 0)
  const pixels = context?.getImageData(0, 0, 600, 600)
  const code = pixels && jsQR(pixels.data, 600, 600)
  return code ? String.fromCharCode(...code.binaryData) : undefined
}

test('three doors, and each leads where it says', async () => {
  await open(views.verify)
  expect(buttonsIn(document.querySelector('main ul'))).toEqual([en.verify.device, en.verify.key, en.verify.neither])
  await expect.element(page.getByText(en.verify.neitherText)).toBeVisible()
  await button(en.verify.device).click()
  await button(en.verify.key).click()
  await button(en.verify.neither).click()
  expect(fake.calls()).toEqual([
    { name: 'security.requestVerification', input: undefined },
    { name: 'security.openDoor', input: { door: 'key' } },
    { name: 'security.openDoor', input: { door: 'new-key' } },
  ])
})

test('why no device was asked is said above the doors, which stay', async () => {
  await open(views['verify-nobody'])
  const alert = page.getByRole('alert')
  await expect.element(alert).toHaveTextContent(en.problems['security.nothing-to-verify-with'].title)
  await expect.element(button(en.verify.key)).toBeVisible()
  await button(en.problems['security.nothing-to-verify-with'].action).click()
  expect(names()).toEqual(['security.requestVerification'])
})

test('asking: what appears on the other devices, how long it has been, and a way out', async () => {
  await open(verificationView({ at: 'outgoing' }))
  await expect.element(heading(text.asking.title)).toHaveFocus()
  for (const step of text.asking.steps) await expect.element(page.getByText(step)).toBeVisible()
  await expect.element(page.getByText(/\d+ sec so far/u)).toBeInTheDocument()
  await expect.element(page.getByText(text.asking.slow)).not.toBeInTheDocument()
  await button(text.cancel).click()
  expect(fake.calls()).toEqual([{ name: 'security.cancelVerification', input: { ...id, why: 'cancelled' } }])
})

test('asking for long: what to do when nothing appears there', async () => {
  await open(views['verification-outgoing-slow'])
  await expect.element(page.getByText(text.asking.slow)).toBeVisible()
  for (const hint of text.asking.hints('@ada:beeper.com')) await expect.element(page.getByText(hint)).toBeVisible()
})

test('while Beeper is being asked nothing can be cancelled, and one need not wait', async () => {
  await open(views['verification-requesting'])
  await expect.element(page.getByText(text.asking.requesting)).toBeVisible()
  expect(button(text.cancel).elements()).toHaveLength(0)
  await button(text.leave).click()
  expect(names()).toEqual(['security.leaveVerification'])
})

test('from asking Beeper to waiting for the device nothing jumps', async () => {
  await open(views['verification-requesting'])
  const door = button(en.otherDoors.key)
  const element = door.element()
  if (element instanceof HTMLElement) element.focus()
  fake.show(views['verification-outgoing'])
  await expect.element(page.getByText(text.asking.outgoing)).toBeVisible()
  await expect.element(door).toHaveFocus()
})

const waiting = viewNames.filter(
  (name) =>
    name.startsWith('verification-') && views[name].screen.name === 'verification' && views[name].screen.hasOtherDoors,
)

test.each(waiting)('%s keeps the other doors in sight, and something to leave by', async (name) => {
  await open(views[name])
  await button(en.otherDoors.key).click()
  await button(en.otherDoors.neither).click()
  expect(fake.calls()).toEqual([
    { name: 'security.openDoor', input: { door: 'key' } },
    { name: 'security.openDoor', input: { door: 'new-key' } },
  ])
})

test('where this computer is trusted there are no other doors', async () => {
  await open(verificationView({ at: 'outgoing' }, { hasOtherDoors: false }))
  expect(button(en.otherDoors.key).elements()).toHaveLength(0)
  expect(button(en.otherDoors.neither).elements()).toHaveLength(0)
})

test('who asks is named by device and account, and answered by a click alone', async () => {
  await open(views['verification-incoming'])
  await expect.element(heading(text.incoming.title)).toHaveFocus()
  for (const word of [phone.deviceName, phone.userID, phone.deviceID, text.peer.own])
    await expect.element(page.getByText(word, { exact: true }).first()).toBeVisible()
  expect(fake.calls()).toEqual([])
  await button(text.incoming.accept).click()
  await button(text.incoming.notMe).click()
  expect(fake.calls()).toEqual([
    { name: 'security.acceptVerification', input: id },
    { name: 'security.cancelVerification', input: { ...id, why: 'not-me' } },
  ])
})

test('accepting shows that it works, and is sent once', async () => {
  await open(views['verification-incoming'])
  await button(text.incoming.accept).click()
  fake.show(views['verification-incoming-busy'])
  await expect.element(button(text.incoming.accept)).toHaveAttribute('aria-disabled', 'true')
  await button(text.incoming.accept).click({ force: true })
  expect(names()).toEqual(['security.acceptVerification'])
})

test('what the server does not let one accept has no such button', async () => {
  await open(views['verification-incoming-not-yet'])
  await expect.element(page.getByText(text.incoming.notYet)).toBeVisible()
  expect(button(text.incoming.accept).elements()).toHaveLength(0)
  await expect.element(button(text.incoming.notMe)).toBeVisible()
})

test('what can be neither accepted nor turned away can be left alone', async () => {
  await open(verificationView({ at: 'incoming', canAccept: false }, { canCancel: false }))
  expect(button(text.incoming.notMe).elements()).toHaveLength(0)
  await button(text.leave).click()
  expect(names()).toEqual(['security.leaveVerification'])
})

test('a stranger is told apart in words, and accepting is not the main thing', async () => {
  await open(views['verification-stranger'])
  await expect.element(heading(text.incoming.strangerTitle)).toBeVisible()
  await expect.element(page.getByText(text.peer.stranger, { exact: true })).toBeVisible()
  await expect.element(page.getByText(stranger.userID)).toBeVisible()
  for (const point of text.incoming.strangerPoints) await expect.element(page.getByText(point)).toBeVisible()
  expect(document.querySelectorAll('main button.primary')).toHaveLength(0)
  const [first] = buttonsIn(document.querySelector('main .answers'))
  expect(first).toBe(text.incoming.notMe)
})

test('one whose account is not told is nobody’s own', async () => {
  await open(views['verification-stranger-nameless'])
  await expect.element(page.getByText(text.peer.unknown)).toBeVisible()
  await expect.element(page.getByText('XXCVBNMASD')).toBeVisible()
  expect(document.querySelectorAll('main button.primary')).toHaveLength(0)
})

test('marks that turn letters round do not make an account look like another', async () => {
  await open(views['verification-stranger-turning'])
  await expect.element(page.getByText('@\ufffdmas:example.org')).toBeVisible()
  expect(document.body.textContent).not.toMatch(/[\u202a-\u202e]/u)
})

test('our code reads as the bytes that were sent', async () => {
  await open(views['verification-choosing'])
  await expect.element(page.getByRole('img', { name: text.choosing.qrAlt })).toBeVisible()
  expect(await scanned()).toBe(qrBytes)
})

test('at the smallest size the whole code is in view', async () => {
  await open(views['verification-choosing'], { width: 480, height: 560 })
  const box = document.querySelector('main svg[role=img]')?.getBoundingClientRect()
  expect(box?.width).toBeGreaterThanOrEqual(240)
  expect(box?.bottom).toBeLessThanOrEqual(560)
})

test('a code that cannot be drawn is said, and the other ways stay', async () => {
  await open(verificationView({ ...choosing, qr: '\u20ac' }))
  await expect.element(page.getByText(text.choosing.qrMissing)).toBeVisible()
  await expect.element(button(text.choosing.compare)).toBeVisible()
})

test('each way to compare', async () => {
  await open(views['verification-choosing'])
  await button(text.choosing.compare).click()
  await button(text.choosing.scan).click()
  expect(fake.calls()).toEqual([
    { name: 'security.startEmoji', input: id },
    { name: 'security.scanner', input: { isOpen: true } },
  ])
})

test('only ways that both devices have are offered', async () => {
  await open(views['verification-choosing-code-only'])
  expect(button(text.choosing.compare).elements()).toHaveLength(0)
  expect(button(text.choosing.scan).elements()).toHaveLength(0)
  await open(views['verification-choosing-no-code'])
  expect(page.getByRole('img', { name: text.choosing.qrAlt }).elements()).toHaveLength(0)
  await expect.element(button(text.choosing.compare)).toBeVisible()
})

test('no way in common is said plainly, with the other doors', async () => {
  await open(views['verification-choosing-none'])
  await expect.element(heading(text.choosing.none)).toBeVisible()
  await expect.element(button(en.otherDoors.key)).toBeVisible()
  await button(text.cancel).click()
  expect(fake.calls()).toEqual([{ name: 'security.cancelVerification', input: { ...id, why: 'cancelled' } }])
})

test('a command that failed is said, and nothing is lost', async () => {
  await open(views['verification-choosing-problem'])
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['beeper.timeout'].title)
  await expect.element(button(text.choosing.compare)).toBeVisible()
})

test('ONE-4: neither our code nor the pictures stay on the page', async () => {
  await open(views['verification-choosing'])
  expect(document.querySelectorAll('main svg[role=img]')).toHaveLength(1)
  fake.show(views['verification-comparing'])
  await expect.poll(() => document.querySelectorAll('main img').length).toBe(7)
  expect(document.querySelectorAll('main svg[role=img]')).toHaveLength(0)
  fake.show(views['verification-settling'])
  await expect.element(heading(text.settling.title)).toBeVisible()
  expect(document.querySelectorAll('main img')).toHaveLength(0)
})
