// Scanning the code of the other device: by camera, from a picture, or as text. No camera here, so one is made of a canvas.
import { fake, open } from '../gallery/open.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { en } from '#messages/en'
import { choosing, qrBytes, verificationView } from '../gallery/verification-views.ts'
import { views } from '../gallery/views.ts'
import { problemOf } from '../gallery/view-with.ts'
import { qrPath } from '../ui/qr-path.ts'

const text = en.verification.scanner
const button = (name: string) => page.getByRole('button', { name, exact: true })
const scanning = (more: Parameters<typeof verificationView>[1] = {}) =>
  verificationView({ ...choosing, isScanning: true }, more)
const scans = (): unknown[] => fake.calls().flatMap(({ name, input }) => (name === 'security.scanCode' ? [input] : []))

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  vi.restoreAllMocks()
})

/** A canvas with a code in its middle, or without any. */
function drawn(data: string | undefined, side = 480): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, side, side)
  const qr = data === undefined ? undefined : qrPath(data, true)
  if (qr !== undefined) {
    context.fillStyle = '#000'
    context.setTransform((side * 0.7) / qr.side, 0, 0, (side * 0.7) / qr.side, side * 0.15, side * 0.15)
    context.fill(new Path2D(qr.path))
  }
  return canvas
}

async function pictureOf(data: string | undefined, side?: number): Promise<File> {
  const blob = await new Promise<Blob | null>((resolve) => drawn(data, side).toBlob(resolve))
  if (blob === null) throw new Error('no picture')
  return new File([blob], 'code.png', { type: 'image/png' })
}

/** What `getUserMedia` gives from now on. */
function camera(give: () => Promise<MediaStream>) {
  return vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(give)
}

/** A camera that sees a canvas. A still canvas makes no frames, so it is drawn over and over. */
function seeing(data: string | undefined): { readonly stream: MediaStream; readonly asked: () => number } {
  const canvas = drawn(data)
  const stream = canvas.captureStream(10)
  const timer = setInterval(() => canvas.getContext('2d')?.fillRect(0, 0, 0, 0), 50)
  stops.push(() => {
    clearInterval(timer)
  })
  const spy = camera(() => Promise.resolve(stream))
  return { stream, asked: () => spy.mock.calls.length }
}

const refusing = (name: string) => camera(() => Promise.reject(new DOMException('no', name)))
const isLive = (stream: MediaStream): boolean => stream.getTracks().some(({ readyState }) => readyState === 'live')

function pasted(data: DataTransfer, on: EventTarget = document.body): void {
  on.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
}

test('WIN-4: no camera is asked for before the scanner is open', async () => {
  const { asked } = seeing(qrBytes)
  await open(views['verification-choosing'])
  await button(en.verification.choosing.scan).click()
  expect(fake.calls()).toEqual([{ name: 'security.scanner', input: { isOpen: true } }])
  expect(asked()).toBe(0)
  fake.show(scanning())
  await expect.poll(asked).toBe(1)
})

test('the camera reads all bytes of the code, and sends it once', async () => {
  seeing(qrBytes)
  await open(scanning())
  await expect.poll(scans).toEqual([{ data: qrBytes }])
  await expect.element(page.getByText(text.checking)).toBeVisible()
  expect(document.querySelector('video')?.paused).toBe(true)
  expect(scans()).toHaveLength(1)
})

test.each([
  ['going back', () => fake.show(views['verification-choosing'])],
  ['the next stage', () => fake.show(views['verification-read'])],
  ['another screen', () => fake.show(views.verify)],
])('WIN-4: the camera is let go of by %s', async (_, leave) => {
  const { stream } = seeing(undefined)
  await open(scanning())
  await expect.element(page.getByLabelText(text.video)).toBeVisible()
  expect(isLive(stream)).toBe(true)
  leave()
  await expect.poll(() => isLive(stream)).toBe(false)
})

test('WIN-4: a camera that comes after the scanner was closed is let go of', async () => {
  const { stream } = seeing(undefined)
  let give: (stream: MediaStream) => void = () => undefined
  const spy = camera(() => new Promise((resolve) => (give = resolve)))
  await open(scanning())
  await expect.element(page.getByText(text.opening)).toBeVisible()
  await expect.poll(() => spy.mock.calls.length).toBe(1)
  fake.show(views['verification-choosing'])
  await expect.element(page.getByText(en.verification.choosing.title)).toBeVisible()
  give(stream)
  await expect.poll(() => isLive(stream)).toBe(false)
})

test.each([
  ['NotFoundError', 'none'],
  ['OverconstrainedError', 'none'],
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
] as const)('%s: the camera is “%s” in words, can be tried again, and the other ways stay', async (name, fault) => {
  const spy = refusing(name)
  await open(scanning())
  await expect.element(page.getByText(text.camera[fault].title)).toBeVisible()
  await expect.element(page.getByText(text.camera[fault].text('linux'))).toBeVisible()
  await expect.element(button(text.choose)).toBeVisible()
  await button(text.tryCamera).click()
  await expect.poll(() => spy.mock.calls.length).toBe(2)
})

test('where a camera can be allowed is said as the system calls it', async () => {
  refusing('NotAllowedError')
  await open(scanning({ view: { system: 'mac' } }))
  await expect.element(page.getByText(text.camera.denied.text('mac'))).toBeVisible()
  expect(text.camera.denied.text('mac')).toContain('System Settings')
})

test('a camera that is unplugged is missed', async () => {
  const { stream } = seeing(undefined)
  await open(scanning())
  await expect.element(page.getByLabelText(text.video)).toBeVisible()
  stream.getVideoTracks()[0]?.dispatchEvent(new Event('ended'))
  await expect.element(page.getByText(text.camera.none.title)).toBeVisible()
})

test('with several cameras there is a way to the next', async () => {
  const { stream } = seeing(undefined)
  const device = (deviceId: string) => ({ kind: 'videoinput', deviceId }) as MediaDeviceInfo
  vi.spyOn(navigator.mediaDevices, 'enumerateDevices').mockResolvedValue([device('front'), device('desk')])
  const spy = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(() => Promise.resolve(stream.clone()))
  await open(scanning())
  await button(text.otherCamera).click()
  await expect.poll(() => spy.mock.calls.length).toBe(2)
  expect(JSON.stringify(spy.mock.calls[1])).toContain('"deviceId":{"exact":"front"}')
})

test('a picture that is pasted', async () => {
  refusing('NotFoundError')
  await open(scanning())
  const data = new DataTransfer()
  data.items.add(await pictureOf(qrBytes))
  pasted(data)
  await expect.poll(scans).toEqual([{ data: qrBytes }])
})

test('a picture that is dropped', async () => {
  refusing('NotFoundError')
  await open(scanning())
  const data = new DataTransfer()
  data.items.add(await pictureOf(qrBytes, 1600))
  const drag = (type: string): boolean =>
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
  expect(drag('dragover')).toBe(false)
  await expect.element(page.getByText(text.drop)).toBeVisible()
  expect(drag('drop')).toBe(false)
  await expect.poll(scans).toEqual([{ data: qrBytes }])
})

test('a picture that is chosen, also once more after none was found', async () => {
  refusing('NotFoundError')
  await open(scanning())
  const picker = document.querySelector<HTMLInputElement>('input[type=file]')
  if (picker === null) throw new Error('nothing to choose with')
  await userEvent.upload(picker, await pictureOf(undefined))
  await expect.element(page.getByText(text.noCode)).toBeVisible()
  expect(scans()).toEqual([])
  await userEvent.upload(picker, await pictureOf(qrBytes))
  await expect.poll(scans).toEqual([{ data: qrBytes }])
  await expect.element(page.getByText(text.noCode)).not.toBeInTheDocument()
})

test('a file that is no picture says so', async () => {
  refusing('NotFoundError')
  await open(scanning())
  const data = new DataTransfer()
  data.items.add(new File(['hello'], 'note.txt', { type: 'text/plain' }))
  pasted(data)
  await expect.element(page.getByRole('alert')).toHaveTextContent(text.notPicture)
  expect(scans()).toEqual([])
})

test('text that is pasted anywhere is shown first, and sent only by a press', async () => {
  refusing('NotFoundError')
  await open(scanning())
  const data = new DataTransfer()
  data.setData('text/plain', '  MATRIX-plain-code \n')
  pasted(data)
  await expect.element(page.getByLabelText(text.textLabel)).toHaveValue('MATRIX-plain-code')
  expect(scans()).toEqual([])
  await button(text.textSend).click()
  await expect.poll(scans).toEqual([{ data: 'MATRIX-plain-code' }])
})

test.each([
  ['nothing', '', text.textEmpty],
  ['too much', 'x'.repeat(4001), text.textLong],
])('%s as text is not sent', async (_, typed, words) => {
  refusing('NotFoundError')
  await open(scanning())
  await page.getByText(text.textFold).click()
  await page.getByLabelText(text.textLabel).fill(typed)
  await button(text.textSend).click()
  await expect.element(page.getByText(words)).toBeVisible()
  expect(scans()).toEqual([])
})

test('one code at a time: a refused one is said, and the next is read after a press', async () => {
  seeing(qrBytes)
  await open(scanning())
  await expect.poll(scans).toHaveLength(1)
  const data = new DataTransfer()
  data.items.add(await pictureOf(qrBytes))
  pasted(data)
  fake.show(scanning({ isBusy: true }))
  await expect.element(page.getByText(text.checking)).toBeVisible()
  fake.show(scanning({ problem: problemOf('security.code-not-read', { detail: 'scanCode 404' }) }))
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['security.code-not-read'].title)
  expect(scans()).toHaveLength(1)
  await button(text.again).click()
  await expect.poll(scans).toHaveLength(2)
})

test('a problem of the last try does not stand beside the next one', async () => {
  refusing('NotFoundError')
  const problem = problemOf('security.code-not-read')
  await open(scanning())
  await page.getByText(text.textFold).click()
  await page.getByLabelText(text.textLabel).fill('code')
  await button(text.textSend).click()
  fake.show(scanning({ problem }))
  await button(text.again).click()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
  await expect.element(page.getByRole('heading', { level: 1 })).toHaveFocus()
  await button(text.textSend).click()
  await expect.element(page.getByText(text.checking)).toBeVisible()
  expect(page.getByRole('alert').elements()).toHaveLength(0)
  fake.show(scanning({ isBusy: true }))
  fake.show(scanning({ problem }))
  await expect.element(page.getByRole('alert')).toBeVisible()
  expect(scans()).toHaveLength(2)
})

test('a command that is refused lets one scan again', async () => {
  refusing('NotFoundError')
  await open(scanning())
  fake.answer('security.scanCode', () => ({ ok: false, problem: { code: 'command.not-now', retry: 'now' } }))
  await page.getByText(text.textFold).click()
  await page.getByLabelText(text.textLabel).fill('code')
  await button(text.textSend).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['command.not-now'].title)
  await button(text.again).click()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})

test('back closes the scanner, and leaves the verification alone', async () => {
  refusing('NotFoundError')
  await open(scanning())
  await button(text.back).click()
  expect(fake.calls()).toEqual([{ name: 'security.scanner', input: { isOpen: false } }])
})
