// Comparing pictures with another device of one's own.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { en } from '#messages/en'
import { otherDoors, requests, verification, verify } from '../pages/secure.ts'
import { bringForward } from '../rig/desktop.ts'
import { expect, test } from '../rig/test.ts'
import {
  count,
  newest,
  phone,
  security,
  signedIn,
  throughFirstSync,
  toChoosing,
  toComparing,
} from './security-roads.ts'

test.use({ scenario: 'needs-verification' })

test(
  'A6: we ask, the phone accepts, the pictures are the same: to Home, by what the server says',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await toComparing(window, beeper)
    const { emoji, ownEmoji } = await newest(beeper)
    expect(emoji).toEqual(ownEmoji)
    expect(await verification.names(window)).toEqual(ownEmoji.map(({ name }) => name))
    const numbers = window.getByRole('list', { name: en.verification.comparing.numbers })
    await expect(numbers, 'numbers are for who asks for them').toBeHidden()
    expect(await verification.numbers(window)).toEqual(beeper.world.verifications.current()?.decimals.split(' '))

    await verification.match(window).click()
    await expect(verification.waits(window, phone)).toBeVisible()
    await expect(verification.match(window), 'an answer is given once').toBeHidden()
    expect((await beeper.control.snapshot()).state, 'one side alone is not enough').toBe('needs-verification')
    await beeper.control.verification('confirm')
    await throughFirstSync(window, beeper)
    expect(await beeper.control.counts()).toMatchObject({
      appSetupVerificationsCreate: 1,
      appSetupVerificationsSASStart: 1,
      appSetupVerificationsSASConfirm: 1,
    })
    expect(await count(beeper, 'appSetupVerificationsAccept'), 'nothing is accepted by itself').toBe(0)
  },
)

test(
  'A6: the phone asks, the person accepts its card, the phone starts and answers first',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await beeper.control.requestVerification()
    const card = requests.card(window, phone.deviceName)
    await expect(card).toContainText(phone.userID)
    await verify.shown(window)
    expect(await count(beeper, 'appSetupVerificationsAccept'), 'nothing is accepted by itself').toBe(0)
    await requests.accept(card).click()
    await verification.choosing(window)
    await expect(requests.all(window)).toHaveCount(0)
    await beeper.control.verification('startEmoji')
    await verification.comparing(window)
    expect(await verification.names(window)).toEqual((await newest(beeper)).emoji.map(({ name }) => name))
    await beeper.control.verification('confirm')
    expect(await count(beeper, 'appSetupVerificationsSASConfirm')).toBe(0)
    await verification.match(window).click()
    await throughFirstSync(window, beeper)
    expect(await count(beeper, 'appSetupVerificationsCreate')).toBe(0)
  },
)

test(
  'A6: nothing is confirmed by waiting, nor by keys that are pressed on the page',
  security,
  async ({ desk, beeper }) => {
    const { app, window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await window.clock.install()
    await toComparing(window, beeper)
    await beeper.control.verification('confirm')
    for (const key of ['Enter', 'Space', 'Escape', 'Enter']) await window.keyboard.press(key)
    for (const answer of [verification.match(window), verification.differ(window)])
      await expect(answer).not.toBeFocused()
    // Almost as long as the server keeps a question open: for it, for the page, and for what main has put off.
    await beeper.control.step(9 * 60_000)
    await window.clock.runFor(9 * 60_000)
    await bringForward(app, 15_000)
    await verification.comparing(window)
    expect(await count(beeper, 'appSetupVerificationsSASConfirm')).toBe(0)
    expect((await newest(beeper)).hasConfirmed).toBe(false)
    await verification.match(window).click()
    await expect.poll(() => count(beeper, 'appSetupVerificationsSASConfirm')).toBe(1)
    await window.clock.resume()
    await throughFirstSync(window, beeper)
  },
)

test('in a person’s own language, with the English names underneath', security, async ({ desk, beeper }) => {
  desk.speaks('de_DE')
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await toComparing(window, beeper)
  const spec = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve('@matrix-org/spec/sas-emoji.json'), 'utf8'),
  ) as readonly { readonly description: string; readonly translated_descriptions: { readonly de: string } }[]
  const expected = (await newest(beeper)).ownEmoji.map(({ name }) => {
    const german = spec.find(({ description }) => description === name)?.translated_descriptions.de
    return german === name ? [name] : [german, name]
  })
  const shown = async () => (await verification.names(window)).map((names) => names.split(/\n+/u))
  await expect.poll(shown).toEqual(expected)
})

test(
  'A6: different pictures: said here, ended on both sides, explained, and asked again',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    // Somebody sits in between.
    await beeper.control.shape({ isIntercepted: true })
    await toComparing(window, beeper)
    const { emoji, ownEmoji } = await newest(beeper)
    expect(emoji).not.toEqual(ownEmoji)
    expect(await verification.names(window)).toEqual(ownEmoji.map(({ name }) => name))
    await verification.differ(window).click()
    await verification.ended(window, 'mismatch')
    await expect(window.getByText(en.verification.ended.whatNow)).toBeVisible()
    expect(await newest(beeper)).toMatchObject({ phase: 'cancelled', error: { code: 'm.mismatched_sas' } })
    expect(await count(beeper, 'appSetupVerificationsSASConfirm')).toBe(0)
    for (const door of [otherDoors.key(window), otherDoors.neither(window)]) await expect(door).toBeVisible()

    await verification.again(window).click()
    await verification.asking(window)
    await beeper.control.verification('accept')
    await verification.choosing(window)
    await verification.compare(window)
    await verification.match(window).click()
    await beeper.control.verification('confirm')
    await throughFirstSync(window, beeper)
    expect(await count(beeper, 'appSetupVerificationsCreate')).toBe(2)
  },
)

test('A6: the phone says that they differ, also after our yes', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await toComparing(window, beeper)
  await verification.match(window).click()
  await expect(verification.waits(window, phone)).toBeVisible()
  await beeper.control.verification('mismatch')
  await verification.ended(window, 'mismatch-there')
  expect((await beeper.control.snapshot()).state).toBe('needs-verification')
  await verification.again(window).click()
  await verification.asking(window)
})

test('A6: where a server sends no pictures, the numbers are compared', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await beeper.control.shape({ emojis: 'Dog, Cat, Lion' })
  await toComparing(window, beeper)
  const numbers = window.getByRole('list', { name: en.verification.comparing.numbers })
  await expect(numbers).toBeVisible()
  const decimals = beeper.world.verifications.current()?.decimals.split(' ')
  expect(await numbers.getByRole('listitem').allInnerTexts()).toEqual(decimals)
  await verification.match(window).click()
  await beeper.control.verification('confirm')
  await throughFirstSync(window, beeper)
})

test(
  'A6: pictures that change under the person’s eyes: the yes was said of what they saw',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await toChoosing(window, beeper)
    await verification.compare(window)
    await verification.comparing(window)
    const { verificationID } = await newest(beeper)
    // The answer comes from a page that has not heard yet, as a click does that crosses the news.
    const answer = await window.evaluate(
      ([id, emojis]) => {
        const { drawbridge } = globalThis as unknown as {
          drawbridge: { security: { confirmEmoji: (said: object) => Promise<{ ok: boolean }> } }
        }
        return drawbridge.security.confirmEmoji({ verificationID: id, emojis })
      },
      [verificationID, ['🐶', '🐱', '🦁', '🐎', '🦄', '🐷', '🐘']] as const,
    )
    expect(answer.ok).toBe(true)
    await expect(window.getByText(en.problems['security.too-late'].title)).toBeVisible()
    expect(await count(beeper, 'appSetupVerificationsSASConfirm')).toBe(0)
    await verification.match(window).click()
    await beeper.control.verification('confirm')
    await throughFirstSync(window, beeper)
  },
)
