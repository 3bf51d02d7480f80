import { fake, open } from '../gallery/open.ts'
import jsQR from 'jsqr'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { markup, qrData } from '../gallery/samples.ts'
import { connectionView, form, qr, stepStage, views } from '../gallery/views.ts'

const button = (name: string | RegExp) => page.getByRole('button', { name })
const qrWith = (data: string) =>
  connectionView(
    stepStage({ ...qr, type: 'display_and_wait', stepID: 'qr', instructions: '', display: { type: 'qr', data } }),
  )

/** Reads the code on the page as a phone would, from its pixels. */
async function scanned(): Promise<string | undefined> {
  const svg = document.querySelector('svg[role=img]')
  if (!(svg instanceof SVGSVGElement)) return undefined
  const copy = svg.cloneNode(true) as SVGSVGElement
  copy.setAttribute('width', '400')
  copy.setAttribute('height', '400')
  copy.querySelector('.white')?.setAttribute('fill', '#fff')
  const image = new Image()
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
  await image.decode()
  const context = new OffscreenCanvas(400, 400).getContext('2d')
  context?.drawImage(image, 0, 0)
  const pixels = context?.getImageData(0, 0, 400, 400)
  return pixels && jsQR(pixels.data, 400, 400)?.data
}

/** A picture of one dot. */
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII='

test('the code to scan reads as what was sent, and is named', async () => {
  await open(views['connection-qr'])
  await expect.element(page.getByRole('img', { name: 'QR code to scan' })).toBeVisible()
  expect(await scanned()).toBe(qrData)
})

test('a renewed code neither takes the focus nor leaves the page', async () => {
  await open(qrWith('one'))
  const before = document.querySelector('svg[role=img]')
  const leave = button(en.connection.leave)
  const element = leave.element()
  if (element instanceof HTMLElement) element.focus()
  fake.show(qrWith('two'))
  await expect.poll(scanned).toBe('two')
  expect(document.querySelector('svg[role=img]')).toBe(before)
  await expect.element(leave).toHaveFocus()
})

test('text too long for a code is said, not thrown', async () => {
  await open(qrWith('x'.repeat(5000)))
  await expect.element(page.getByText(en.step.unreadable('WhatsApp'))).toBeVisible()
})

test('networks are found by name and opened', async () => {
  await open(views['connect-many'])
  await page.getByRole('searchbox', { name: en.connect.search }).fill('network 137')
  expect(page.getByRole('button', { name: /^Connect /u }).elements()).toHaveLength(1)
  await button(en.connect.addNamed('Network 137')).click()
  expect(fake.calls()).toEqual([{ name: 'connect.open', input: { bridgeID: 'cloud-network137' } }])
})

test('nothing found offers all of them again', async () => {
  await open(views.connect)
  await page.getByRole('searchbox').fill('zzz')
  await button(en.connect.clear).click()
  await expect.element(page.getByText('Signal')).toBeVisible()
})

test('what cannot be connected says why and has no button', async () => {
  await open(views.connect)
  await expect.element(page.getByText('Back in a few hours')).toBeVisible()
  expect(button(en.connect.addNamed('Facebook Messenger')).elements()).toHaveLength(0)
  await button(en.connect.goOnNamed('Telegram')).click()
  expect(fake.calls()).toHaveLength(1)
})

test('the way on is called by what it is', async () => {
  await open(views.connect)
  await page.getByRole('button', { name: en.connect.done, exact: true }).click()
  await open(views['connect-none'])
  await button(en.connect.skip).click()
  expect(fake.calls()).toEqual([{ name: 'app.go', input: { at: 'home' } }])
})

test('a way to sign in is chosen', async () => {
  await open(views['connection-choosing'])
  await button(/Pairing code/u).click()
  expect(fake.calls()).toEqual([{ name: 'connect.choose', input: { connectionID: 'c1', flowID: 'phone' } }])
})

test('a form is filled by keyboard; what is needed is asked for', async () => {
  await open(views['connection-form'])
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText(en.form.needed)).toBeVisible()
  await userEvent.keyboard('+14155550123{Tab}secret{Enter}')
  expect(fake.calls()).toEqual([
    { name: 'connect.submit', input: { connectionID: 'c1', fields: { phone: '+14155550123', password: 'secret' } } },
  ])
})

test('a secret can be looked at', async () => {
  await open(views['connection-form'])
  const field = page.getByRole('textbox', { name: 'Password' })
  await expect.element(page.getByLabelText('Password')).toHaveAttribute('type', 'password')
  await button(en.form.showSecret).click()
  await expect.element(field).toHaveAttribute('type', 'text')
})

test('a refused form keeps what was typed, marked', async () => {
  await open(views['connection-form'])
  await userEvent.keyboard('+1555{Enter}')
  fake.show(connectionView(stepStage(form, { isBusy: true }), 'Telegram'))
  fake.show(connectionView(stepStage(form, { isRejected: true, serial: 2 }), 'Telegram'))
  await expect.element(page.getByText(en.form.rejectedTitle)).toBeVisible()
  const field = page.getByLabelText('Phone number')
  await expect.element(field).toHaveValue('+1555')
  await userEvent.keyboard('+1666')
  await expect.element(field).toHaveValue('+1666')
})

test('leaving a step that is under way asks once', async () => {
  await open(views['connection-qr'])
  await button(en.connection.leave).click()
  const dialog = page.getByRole('dialog', { name: en.connection.leaveTitle('WhatsApp') })
  await expect.element(dialog).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.element(button(en.connection.leave)).toHaveFocus()
  await button(en.connection.leave).click()
  await button(en.connection.leaveNo).click()
  await expect.element(button(en.connection.leave)).toHaveFocus()
  await button(en.connection.leave).click()
  await button(en.connection.leaveYes).click()
  expect(fake.calls()).toEqual([{ name: 'connect.leave', input: { connectionID: 'c1' } }])
})

test('a failure quotes the network and starts over', async () => {
  await open(views['connection-failed'])
  await expect.element(page.getByText('Too many linked devices', { exact: false })).toBeVisible()
  await button(en.connection.again).click()
  await button(en.step.chooseOther).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['connect.again', 'connect.leave'])
})

test.each(['connection-cookies', 'connection-unsupported', 'connection-unreadable'] as const)(
  '%s has a way out',
  async (name) => {
    await open(views[name])
    await button(en.step.chooseOther).click()
    await button(en.connection.leaveYes).click()
    expect(fake.calls()).toEqual([{ name: 'connect.leave', input: { connectionID: 'c1' } }])
  },
)

test('the picture to tap comes from its address, nothing is loaded', async () => {
  await open(views['connection-emoji'])
  await expect.element(page.getByRole('img', { name: en.step.emojiAlt('🦊') })).toBeVisible()
  expect(document.querySelectorAll('img')).toHaveLength(0)
})

test.each([
  ['shown', { ok: true, value: { dataURL: `data:image/png;base64,${dot}` } }, 'img'],
  ['said to be missing', { ok: false, problem: { code: 'picture.unusable', retry: 'never' } }, 'words'],
] as const)('ORI-5: a picture that its address does not name is asked of main, and %s', async (_, answer, as) => {
  await open(views['connection-wait'])
  fake.answer('app.picture', () => answer)
  fake.show(views['connection-picture'])
  const shown =
    as === 'img' ? page.getByRole('img', { name: en.step.pictureAlt }) : page.getByText(en.step.emojiMissing)
  await expect.element(shown).toBeVisible()
  expect(fake.calls()).toEqual([{ name: 'app.picture', input: { url: 'https://pictures.example/tap.png' } }])
})

test('home: state of every account, and one action where it needs one', async () => {
  await open(views.home)
  await expect.element(page.getByRole('heading', { name: en.home.titleNeedsYou(1) })).toBeVisible()
  await button(en.home.fixNamed('Signal', '+1 415 555 0123')).click()
  await button(en.home.add).click()
  expect(fake.calls()).toEqual([
    { name: 'app.go', input: { at: 'connect' } },
    { name: 'app.go', input: { at: 'connect' } },
  ])
})

test('markup from a server is text', async () => {
  await open(views.hostile)
  await expect.element(page.getByText(markup, { exact: true }).first()).toBeVisible()
  expect(document.querySelectorAll('#app img, main img, main b')).toHaveLength(0)
  expect(document.title).not.toBe('1')
})
