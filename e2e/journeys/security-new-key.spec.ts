// A new recovery key: what it costs before anything is asked, shown once, kept by proof, and counting only after that (ONE-3).
import type { Page } from '@playwright/test'
import { en } from '#messages/en'
import { firstSync, home, recoveryKey } from '../pages/screens.ts'
import { keyEntry, newKey, unlock, verify } from '../pages/secure.ts'
import { expect, test } from '../rig/test.ts'
import type { Beeper } from '../rig/test.ts'
import { toRecoveryKey } from './roads.ts'
import { count, notedKeys, security, signedIn, throughFirstSync } from './security-roads.ts'

const reset = 'appSetupVerificationRecoveryKeyReset'
const confirm = 'appSetupVerificationRecoveryKeyResetConfirm'
const words = en.recoveryKey

/** What the server holds: the key in force, and the one that nobody has confirmed. */
async function keys(beeper: Beeper): Promise<{ readonly inForce: string; readonly pending: string }> {
  const { pendingRecoveryKey = '', recoveryKey: inForce = '' } = (await beeper.control.snapshot()).signedIn ?? {}
  return { inForce, pending: pendingRecoveryKey }
}

test(
  'ONE-3: a new account’s first key: exactly the one that was shown, after a wrong group and a second look',
  security,
  async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await toRecoveryKey(window, beeper)
    expect(await count(beeper, reset)).toBe(0)
    await recoveryKey.create(window)
    const groups = await recoveryKey.show(window)
    expect(groups.join(' ')).toBe((await keys(beeper)).pending)
    const wrong = groups.map((group) => (group === 'zzzz' ? 'yyyy' : 'zzzz'))
    await recoveryKey.prove(window, wrong)
    await expect(window.getByText(en.problems['security.copy-not-proved'].title)).toBeVisible()
    expect(await count(beeper, confirm)).toBe(0)
    await window.getByRole('button', { name: words.backToKey }).click()
    expect(await recoveryKey.show(window), 'the same key').toEqual(groups)
    await recoveryKey.prove(
      window,
      groups.map((group) => ` ${group.toLowerCase()} `),
    )
    await firstSync.shown(window)
    expect((await keys(beeper)).inForce).toBe(groups.join(' '))
    expect(await beeper.control.counts()).toMatchObject({ [reset]: 1, [confirm]: 1 })
  },
)

test.describe('a key that is lost', () => {
  test.use({ scenario: 'needs-verification' })

  /** From the doors to what a new key costs, with networks of every kind. */
  async function toCosts(window: Page, beeper: Beeper): Promise<void> {
    await beeper.control.connect('local-whatsapp', 'ada', 'connected')
    await beeper.control.connect('slackgo', 'ada', 'connected')
    await verify.shown(window)
    await verify.neither(window)
    await newKey.shown(window)
  }

  test(
    'what it costs is ticked first, network by network; the key is masked, and left behind without a change',
    security,
    async ({ desk, beeper }) => {
      const { window } = await signedIn(desk, beeper)
      await toCosts(window, beeper)
      const { inForce } = await keys(beeper)
      await expect(window.getByText('WhatsApp', { exact: true })).toBeVisible()
      await expect(window.getByText('Slack', { exact: true })).toBeVisible()
      for (const group of ['this-device', 'cloud'] as const)
        await expect(window.getByText(words.costs.reset.groups[group])).toBeVisible()
      await expect(window.getByText(words.costs.reset.messages.text)).toBeVisible()
      const costs = await newKey.costs(window).all()
      expect(costs).toHaveLength(3)
      for (const cost of costs) {
        await expect(cost).not.toBeChecked()
        await newKey.create(window).click()
        await expect(window.getByText(words.tickMissing).first()).toBeVisible()
        await cost.check()
      }
      expect(await count(beeper, reset), 'nothing is asked before all is ticked').toBe(0)
      await newKey.make(window)

      const shown = await window.getByRole('main').innerText()
      const { pending } = await keys(beeper)
      expect(
        pending.split(' ').filter((group) => shown.includes(group)),
        'masked',
      ).toEqual([])
      expect(await recoveryKey.groups(window)).toEqual([])
      expect((await recoveryKey.show(window)).join(' ')).toBe(pending)

      await newKey.leave(window).click()
      await expect(newKey.leaving(window)).toContainText(words.costs.reset.leaveText)
      await window.getByRole('button', { name: words.leaveNo, exact: true }).click()
      await expect(newKey.leaving(window)).toBeHidden()
      await newKey.leave(window).click()
      await window.getByRole('button', { name: words.leaveYes, exact: true }).click()
      await verify.shown(window)
      expect((await keys(beeper)).inForce, 'nothing has changed').toBe(inForce)
      await unlock.open(window)
      await keyEntry.send(window, inForce)
      await throughFirstSync(window, beeper)
      expect(await beeper.control.counts()).toMatchObject({ [reset]: 1 })
      expect(await count(beeper, confirm)).toBe(0)
    },
  )

  test(
    'ONE-3: only the newest key is taken; a refused one has changed nothing, and the next is another one',
    security,
    async ({ desk, beeper }) => {
      const { window } = await signedIn(desk, beeper)
      await toCosts(window, beeper)
      const { inForce } = await keys(beeper)
      await newKey.make(window)
      const first = await recoveryKey.show(window)
      // Another program of the person's makes one, too.
      const token = await beeper.control.token()
      await fetch(`${beeper.origin}/v1/app/setup/verification/recovery-key/reset`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: '{}',
      })
      await recoveryKey.prove(window, first)
      await expect(window.getByText(en.problems['security.new-key-refused'].title)).toBeVisible()
      await newKey.shown(window)
      expect((await keys(beeper)).inForce).toBe(inForce)
      await newKey.make(window)
      const second = await recoveryKey.show(window)
      expect(second).not.toEqual(first)
      // Whatever the server has against it, nothing has changed.
      await beeper.control.fault({ operation: confirm, status: 422, times: 1 })
      await recoveryKey.prove(window, second)
      await expect(window.getByText(en.problems['security.new-key-refused'].explanation)).toBeVisible()
      expect((await keys(beeper)).inForce).toBe(inForce)
      await newKey.make(window)
      const third = await recoveryKey.show(window)
      expect(third).not.toEqual(second)
      await recoveryKey.prove(window, third)
      await throughFirstSync(window, beeper)
      expect((await keys(beeper)).inForce).toBe(third.join(' '))
    },
  )

  test(
    'ONE-3: an answer to the confirmation that got lost is settled by reading',
    security,
    async ({ desk, beeper }) => {
      const { window } = await signedIn(desk, beeper)
      await toCosts(window, beeper)
      await newKey.make(window)
      const groups = await recoveryKey.show(window)
      await beeper.control.fault({ operation: confirm, dropAfterEffect: true, times: 1 })
      await recoveryKey.prove(window, groups)
      await throughFirstSync(window, beeper)
      expect((await keys(beeper)).inForce).toBe(groups.join(' '))
      expect(await count(beeper, confirm)).toBe(1)
      await expect.poll(() => notedKeys(desk)).toEqual([])
    },
  )

  test(
    'the old key, typed wrongly beside the ticks, is not sent; the right one is',
    security,
    async ({ desk, beeper }) => {
      const { window } = await signedIn(desk, beeper)
      await toCosts(window, beeper)
      await newKey.acceptAll(window)
      await window.getByText(words.oldKey.fold, { exact: true }).click()
      const old = window.getByLabel(words.oldKey.label, { exact: true })
      await old.fill('EsTc 0000')
      await newKey.create(window).click()
      await expect(window.getByText(en.keyEntry.faults.character(2, '0'))).toBeVisible()
      expect(await count(beeper, reset)).toBe(0)
      await old.fill((await keys(beeper)).inForce)
      await newKey.create(window).click()
      const groups = await recoveryKey.show(window)
      await recoveryKey.prove(window, groups)
      await throughFirstSync(window, beeper)
    },
  )

  test(
    'the screen of a new key is left when another device opens the messages meanwhile',
    security,
    async ({ desk, beeper }) => {
      const { window } = await signedIn(desk, beeper)
      await toCosts(window, beeper)
      await newKey.make(window)
      await recoveryKey.show(window)
      await beeper.control.state('needs-first-sync', { afterMs: 4_000, next: 'ready' })
      await throughFirstSync(window, beeper)
      expect(await count(beeper, confirm)).toBe(0)
    },
  )
})

test.describe('messages are open, and no key is kept', () => {
  test.use({ scenario: 'ready-not-backed-up' })

  const reminder = (window: Page) => window.getByRole('heading', { name: en.home.reminderTitle })

  test(
    'the reminder stays away once it is put away, and the key can still be made',
    security,
    async ({ desk, beeper }) => {
      const { window } = await signedIn(desk, beeper)
      await home.says(window, 'ready')
      await expect(reminder(window)).toBeVisible()
      await window.getByRole('button', { name: en.home.dismiss, exact: true }).click()
      await expect(reminder(window)).toBeHidden()
      await desk.quit()
      const again = await desk.start()
      await home.says(again.window, 'ready')
      await expect(again.window.getByText(en.home.keyMissing)).toBeVisible()
      await expect(reminder(again.window)).toBeHidden()
      await again.window.getByRole('button', { name: en.home.makeKey, exact: true }).click()
      await newKey.shown(again.window, 'backup')
      await newKey.leave(again.window, 'backup').click()
      await home.says(again.window, 'ready')
    },
  )

  test('ONE-3: a key that was made and confirmed takes the reminder away', security, async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await home.says(window, 'ready')
    await window.getByRole('button', { name: en.home.makeKey, exact: true }).click()
    await newKey.shown(window, 'backup')
    await newKey.make(window)
    const groups = await recoveryKey.show(window)
    await recoveryKey.prove(window, groups)
    await home.says(window, 'ready')
    await expect(window.getByText(en.home.keyBackedUp)).toBeVisible()
    await expect(reminder(window)).toBeHidden()
    expect((await keys(beeper)).inForce).toBe(groups.join(' '))
  })
})
