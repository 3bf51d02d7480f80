// Comparing by a code: ours for the phone's camera, the phone's for ours, each really drawn and really read.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { en } from '#messages/en'
import type { Page } from '@playwright/test'
import { scanner, verification, verify } from '../pages/secure.ts'
import { codeFilm, codePicture } from '../rig/camera-picture.ts'
import { readQr, readQrBytes } from '../rig/qr.ts'
import { expect, test } from '../rig/test.ts'
import type { Beeper } from '../rig/test.ts'
import { count, newest, security, signedIn, throughFirstSync, toChoosing } from './security-roads.ts'

test.use({ scenario: 'needs-verification' })

/** What a server puts into codes: bytes, as Matrix has them, or letters. */
const isBinary = (code: string): boolean => /[^ -~]/u.test(code)

/** From a code of the phone that was handed in to Home. */
async function throughTick(window: Page, beeper: Beeper): Promise<void> {
  await verification.read(window)
  expect((await newest(beeper)).isRead).toBe(true)
  expect((await beeper.control.snapshot()).state, 'the phone has to say that it worked').toBe('needs-verification')
  await beeper.control.verification('confirm')
  await throughFirstSync(window, beeper)
}

test('A6: our code as bytes, read off the screen; a person says that it worked', security, async ({ desk, beeper }) => {
  await beeper.control.wire({ profile: 'rich' })
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await toChoosing(window, beeper)
  const code = await readQrBytes(verification.code(window))
  expect(isBinary(code)).toBe(true)
  expect(code).toBe((await newest(beeper)).ownCode)
  await beeper.control.scan(code)
  await verification.scanned(window)
  for (const answer of [verification.didWork(window), verification.didNotWork(window)])
    await expect(answer).not.toBeFocused()
  await window.keyboard.press('Enter')
  expect(await count(beeper, 'appSetupVerificationsQRConfirmScanned')).toBe(0)
  await verification.didWork(window).click()
  await throughFirstSync(window, beeper)
  expect(await count(beeper, 'appSetupVerificationsQRConfirmScanned')).toBe(1)
})

test(
  'A6: our code of letters; the person sees no tick on the phone and says so',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await toChoosing(window, beeper)
    const code = await readQr(verification.code(window))
    expect(isBinary(code)).toBe(false)
    await beeper.control.scan(code)
    await verification.scanned(window)
    await verification.didNotWork(window).click()
    await verification.ended(window, 'not-scanned')
    expect((await newest(beeper)).phase).toBe('cancelled')
    expect(await count(beeper, 'appSetupVerificationsQRConfirmScanned')).toBe(0)
    await verification.again(window).click()
    await verification.asking(window)
  },
)

test('the phone’s code of bytes, in a picture that is chosen', security, async ({ desk, beeper }) => {
  await beeper.control.wire({ codes: 'bytes' })
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await toChoosing(window, beeper)
  const code = await beeper.control.peerCode()
  expect(isBinary(code)).toBe(true)
  await scanner.open(window)
  await scanner.choose(window, { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') })
  await expect(window.getByText(en.verification.scanner.notPicture)).toBeVisible()
  const empty = await window.screenshot()
  await scanner.choose(window, { name: 'a holiday.png', mimeType: 'image/png', buffer: empty })
  await expect(window.getByText(en.verification.scanner.noCode)).toBeVisible()
  expect(await count(beeper, 'appSetupVerificationsQRScan')).toBe(0)
  await scanner.choose(window, { name: 'code.png', mimeType: 'image/png', buffer: codePicture(code) })
  await throughTick(window, beeper)
})

test('the phone’s code of letters, in a picture that is dropped on the window', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await toChoosing(window, beeper)
  await scanner.open(window)
  await scanner.drop(window, codePicture(await beeper.control.peerCode()))
  await throughTick(window, beeper)
})

/** Whether a page may have a camera or a microphone: `granted`, or the name of the refusal. */
const asked = (window: Page, what: 'video' | 'audio'): Promise<string> =>
  window.evaluate(
    (name) =>
      navigator.mediaDevices.getUserMedia({ [name]: true }).then(
        (stream) => {
          for (const track of stream.getTracks()) track.stop()
          return 'granted'
        },
        (error: unknown) => (error instanceof DOMException ? error.name : String(error)),
      ),
    what,
  )

test(
  'WIN-4: the phone’s code before a real camera, which the page may use while the scanner is open and no longer',
  security,
  async ({ desk, beeper }) => {
    await beeper.control.wire({ profile: 'rich' })
    const film = join(desk.documents, 'code.y4m')
    writeFileSync(film, codeFilm('a code of something else'))
    const camera = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`]
    const { window } = await signedIn(desk, beeper, ...camera)
    await verify.shown(window)
    expect(await asked(window, 'video')).toBe('NotAllowedError')
    await toChoosing(window, beeper)
    expect(await asked(window, 'video')).toBe('NotAllowedError')

    await scanner.open(window)
    await expect(window.getByText(en.problems['security.code-not-read'].title)).toBeVisible()
    await expect(scanner.video(window)).toBeVisible()
    expect(await asked(window, 'video')).toBe('granted')
    expect(await asked(window, 'audio'), 'the microphone is nobody’s').toBe('NotAllowedError')
    await scanner.back(window)
    await verification.choosing(window)
    expect(await asked(window, 'video')).toBe('NotAllowedError')

    // The file is read anew whenever the camera is opened.
    writeFileSync(film, codeFilm(await beeper.control.peerCode()))
    await scanner.open(window)
    await throughTick(window, beeper)
    expect(await asked(window, 'video')).toBe('NotAllowedError')
  },
)
