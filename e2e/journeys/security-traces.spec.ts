// What a secret leaves behind: the page that held it is made anew (SEC-6), and while it shows the window is kept out of
// screenshots (ONE-4).
import type { Page } from '@playwright/test'
import { en } from '#messages/en'
import { home, recoveryKey } from '../pages/screens.ts'
import { keyEntry, newKey, otherDoors, scanner, secrets, unlock, verification, verify } from '../pages/secure.ts'
import { watchProtection } from '../rig/desktop.ts'
import { expect, test } from '../rig/test.ts'
import { security, signedIn, throughFirstSync, toChoosing } from './security-roads.ts'

test.use({ scenario: 'needs-verification' })

/** Leaves a mark that lasts as long as the page does. */
const mark = (window: Page) => window.evaluate(() => void Object.assign(globalThis, { isMarked: true }))
const isMarked = (window: Page) => window.evaluate(() => 'isMarked' in globalThis)
const isRenewed = (window: Page) => window.waitForFunction(() => !('isMarked' in globalThis))

test(
  'SEC-6: the page is made anew behind each screen that held a key, and behind no other',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await mark(window)
    await unlock.open(window)
    const key = (await beeper.control.snapshot()).signedIn?.recoveryKey ?? ''
    await keyEntry.field(window).fill(key)
    await unlock.back(window)
    await verify.shown(window)
    await isRenewed(window)

    await mark(window)
    await toChoosing(window, beeper)
    await verification.cancel(window)
    await verification.ended(window, 'cancelled')
    await otherDoors.neither(window).click()
    await newKey.shown(window)
    expect(await isMarked(window), 'nothing secret has been there').toBe(true)
    await newKey.make(window)
    await recoveryKey.show(window)
    await newKey.leave(window).click()
    await window.getByRole('button', { name: en.recoveryKey.leaveYes, exact: true }).click()
    await verify.shown(window)
    await isRenewed(window)

    await mark(window)
    await beeper.control.state('needs-secrets')
    await secrets.shown(window)
    await keyEntry.send(window, key)
    await throughFirstSync(window, beeper)
    await isRenewed(window)
    await home.says(window, 'ready')
  },
)

test(
  'ONE-4 SEC-6: the window is kept out of screenshots while a key, a code or pictures show, and the page goes with a key',
  security,
  async ({ desk, beeper }) => {
    const { app, window } = await signedIn(desk, beeper)
    await verify.shown(window)
    const protections = await watchProtection(app)
    let turns = 0
    /** It has been turned once more, and is on or off now. */
    const expectTurned = async (isOn: boolean): Promise<void> => {
      turns += 1
      await expect.poll(protections).toHaveLength(turns)
      expect((await protections()).at(-1)).toBe(isOn)
    }
    await verify.askDevice(window)
    await verification.asking(window)
    expect(await protections()).toEqual([])
    await beeper.control.verification('accept')
    await verification.choosing(window)
    await expectTurned(true)
    await scanner.open(window)
    await scanner.back(window)
    await verification.compare(window)
    await verification.comparing(window)
    await verification.differ(window).click()
    await verification.ended(window, 'mismatch')
    await expectTurned(false)
    await otherDoors.key(window).click()
    await unlock.shown(window)
    await expectTurned(true)
    await unlock.back(window)
    await verify.shown(window)
    await expectTurned(false)
    await verify.neither(window)
    await newKey.shown(window)
    await newKey.make(window)
    const groups = await recoveryKey.show(window)
    await mark(window)
    await recoveryKey.prove(window, groups)
    await throughFirstSync(window, beeper)
    await expect.poll(async () => (await protections()).at(-1)).toBe(false)
    await isRenewed(window)
  },
)

test('ONE-4: who has switched it off is left alone', security, async ({ desk, beeper }) => {
  const { app, window } = await signedIn(desk, beeper)
  await verify.shown(window)
  const protections = await watchProtection(app)
  await unlock.open(window)
  await expect.poll(protections).toEqual([true])
  // Linux shows no switch, because it has no such protection; the command is the same.
  const switched = await window.evaluate(() => {
    const { drawbridge } = globalThis as unknown as {
      drawbridge: { app: { protectContent: (wanted: { isOn: boolean }) => Promise<{ ok: boolean }> } }
    }
    return drawbridge.app.protectContent({ isOn: false })
  })
  expect(switched.ok).toBe(true)
  await expect.poll(protections).toEqual([true, false])
  await unlock.back(window)
  await verify.shown(window)
  await unlock.open(window)
  await desk.quit()
  const again = await desk.start()
  await verify.shown(again.window)
  const later = await watchProtection(again.app)
  await unlock.open(again.window)
  expect(await later()).toEqual([])
})
