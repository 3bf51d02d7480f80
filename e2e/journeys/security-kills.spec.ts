// Main is ended at the moments that count for a new key. The next start tells the truth about what became of it (ONE-3).
import type { Page } from '@playwright/test'
import { en } from '#messages/en'
import { home, recoveryKey } from '../pages/screens.ts'
import { keyEntry, newKey, unlock, verify } from '../pages/secure.ts'
import { bringForward, disk } from '../rig/desktop.ts'
import { expect, test } from '../rig/test.ts'
import type { Beeper } from '../rig/test.ts'
import { count, notedKeys, security, signedIn, throughFirstSync } from './security-roads.ts'

test.use({ scenario: 'needs-verification' })

const reset = 'appSetupVerificationRecoveryKeyReset'
const confirm = 'appSetupVerificationRecoveryKeyResetConfirm'
const { unfinished } = en.recoveryKey

async function inForce(beeper: Beeper): Promise<string> {
  return (await beeper.control.snapshot()).signedIn?.recoveryKey ?? ''
}

async function toCosts(window: Page): Promise<void> {
  await verify.shown(window)
  await verify.neither(window)
  await newKey.shown(window)
}

test(
  'ONE-3: killed with the new key on its way: none is asked for again, and the old key still opens',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    const old = await inForce(beeper)
    await toCosts(window)
    await beeper.control.fault({ operation: reset, holdAnswer: true, times: 1 })
    await newKey.acceptAll(window)
    await newKey.create(window).click()
    await expect.poll(() => count(beeper, reset)).toBe(1)
    expect(desk.settings().progress['intents']).toMatchObject([{ operation: reset }])
    await desk.kill()
    await beeper.control.release(reset)
    const again = await desk.start()
    await newKey.shown(again.window)
    await expect(again.window.getByText(unfinished['nothing-changed'].text), 'it may have been seen').toBeVisible()
    await expect.poll(() => desk.settings().progress['intents']).toEqual([])
    expect(await count(beeper, reset)).toBe(1)
    await newKey.leave(again.window).click()
    await verify.shown(again.window)
    await unlock.open(again.window)
    await keyEntry.send(again.window, old)
    await throughFirstSync(again.window, beeper)
  },
)

test(
  'ONE-3: killed before the proof: nothing has changed, says the next start, and starts over',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    const old = await inForce(beeper)
    await toCosts(window)
    await newKey.make(window)
    const first = await recoveryKey.show(window)
    await expect.poll(() => notedKeys(desk)).toMatchObject([{ isSent: false }])
    await desk.kill()
    const again = await desk.start()
    await newKey.shown(again.window)
    await expect(again.window.getByText(unfinished['nothing-changed'].title)).toBeVisible()
    await expect(again.window.getByText(unfinished['nothing-changed'].text)).toBeVisible()
    expect(await inForce(beeper)).toBe(old)
    await newKey.make(again.window)
    const second = await recoveryKey.show(again.window)
    expect(second).not.toEqual(first)
    await recoveryKey.prove(again.window, second)
    await throughFirstSync(again.window, beeper)
    expect(await inForce(beeper)).toBe(second.join(' '))
    await expect.poll(() => notedKeys(desk)).toEqual([])
  },
)

test(
  'ONE-3: killed with the confirmation on its way, which never arrived: it may count or not, and so it is said',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    const old = await inForce(beeper)
    await toCosts(window)
    await newKey.make(window)
    const groups = await recoveryKey.show(window)
    await beeper.control.fault({ operation: confirm, hold: true, times: 1 })
    await recoveryKey.prove(window, groups)
    await expect.poll(() => count(beeper, confirm)).toBe(1)
    await desk.kill()
    expect(notedKeys(desk)).toMatchObject([{ isSent: true }])
    const again = await desk.start()
    await newKey.shown(again.window)
    await expect(again.window.getByText(unfinished.unsure.title)).toBeVisible()
    expect(await inForce(beeper)).toBe(old)
    expect(await count(beeper, confirm), 'nothing is repeated').toBe(1)
    await newKey.leave(again.window).click()
    await unlock.open(again.window)
    await keyEntry.send(again.window, old)
    await throughFirstSync(again.window, beeper)
  },
)

test(
  'ONE-3: killed with the answer of the confirmation on its way: the server shows that the key counts',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await toCosts(window)
    await newKey.make(window)
    const groups = await recoveryKey.show(window)
    await beeper.control.fault({ operation: confirm, holdAnswer: true, times: 1 })
    await recoveryKey.prove(window, groups)
    await expect.poll(() => inForce(beeper)).toBe(groups.join(' '))
    await desk.kill()
    await beeper.control.step(4_000)
    const again = await desk.start()
    await home.says(again.window, 'ready')
    await expect(again.window.getByText(en.home.keyBackedUp)).toBeVisible()
    await expect.poll(() => notedKeys(desk)).toEqual([])
    expect(await count(beeper, confirm)).toBe(1)
  },
)

test(
  'ONE-3: the confirmation goes out when it is on the disk that it does, and not before',
  security,
  async ({ desk, beeper }) => {
    const { app, window } = await signedIn(desk, beeper)
    await toCosts(window)
    await newKey.make(window)
    const groups = await recoveryKey.show(window)
    await expect.poll(() => notedKeys(desk)).toMatchObject([{ isSent: false }])
    await disk.hold(app)
    await recoveryKey.prove(window, groups)
    await expect.poll(() => disk.heldCount(app)).toBe(1)
    // What main asks for after that arrives after it.
    const reads = await count(beeper, 'appSetupRetrieve')
    await bringForward(app, 15_000)
    await expect.poll(() => count(beeper, 'appSetupRetrieve')).toBeGreaterThan(reads)
    expect(await count(beeper, confirm)).toBe(0)
    await disk.release(app)
    await throughFirstSync(window, beeper)
    expect(await inForce(beeper)).toBe(groups.join(' '))
  },
)

test.describe('a new account', () => {
  test.use({ scenario: 'needs-cross-signing-setup' })

  test(
    'ONE-3: killed before the proof of the first key: said, and another one is made',
    security,
    async ({ desk, beeper }) => {
      const { window } = await signedIn(desk, beeper)
      await recoveryKey.shown(window)
      await recoveryKey.create(window)
      const first = await recoveryKey.show(window)
      await desk.kill()
      const again = await desk.start()
      await recoveryKey.shown(again.window)
      await expect(again.window.getByText(unfinished['nothing-changed'].title)).toBeVisible()
      await recoveryKey.create(again.window)
      const second = await recoveryKey.show(again.window)
      expect(second).not.toEqual(first)
      await recoveryKey.prove(again.window, second)
      await throughFirstSync(again.window, beeper)
    },
  )

  test(
    'ONE-3: the page is made anew while the key shows, and while it is confirmed',
    security,
    async ({ desk, beeper }) => {
      const { window } = await signedIn(desk, beeper)
      await recoveryKey.shown(window)
      await recoveryKey.create(window)
      const first = await recoveryKey.show(window)
      await window.reload()
      await expect(window.getByRole('heading', { name: en.recoveryKey.lostTitle })).toBeVisible()
      await window.getByRole('button', { name: en.recoveryKey.createNew, exact: true }).click()
      const second = await recoveryKey.show(window)
      expect(second).not.toEqual(first)
      await beeper.control.fault({ operation: confirm, hold: true, times: 1 })
      await recoveryKey.prove(window, second)
      await expect.poll(() => count(beeper, confirm)).toBe(1)
      await window.reload()
      await expect(window.getByRole('heading', { level: 1, name: en.recoveryKey.confirming })).toBeVisible()
      await beeper.control.release(confirm)
      await throughFirstSync(window, beeper)
      expect(await inForce(beeper)).toBe(second.join(' '))
    },
  )
})
