// Another device that says nothing, goes away, or ends it: words for each, one way to ask again, and the other doors meanwhile.
import { en } from '#messages/en'
import type { Page } from '@playwright/test'
import { otherDoors, requests, unlock, verification, verify } from '../pages/secure.ts'
import { expect, test } from '../rig/test.ts'
import type { Beeper } from '../rig/test.ts'
import {
  count,
  newest,
  phone,
  security,
  signedIn,
  tablet,
  throughFirstSync,
  toChoosing,
  toComparing,
} from './security-roads.ts'

test.use({ scenario: 'needs-verification' })

/** Asks once more and waits until the phone has been asked. */
async function again(window: Page): Promise<void> {
  await verification.again(window).click()
  await verification.asking(window)
}

/** All that is offered at an end. */
async function expectWaysOn(window: Page): Promise<void> {
  await expect(verification.again(window)).toHaveCount(1)
  for (const door of [otherDoors.key(window), otherDoors.neither(window)]) await expect(door).toBeVisible()
}

test(
  'a phone that says nothing: words after a while, other doors meanwhile, and it can still answer',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await window.clock.install()
    await verify.askDevice(window)
    await verification.asking(window)
    const slow = window.getByText(en.verification.asking.slow)
    await expect(slow).toBeHidden()
    await window.clock.runFor(31_000)
    await expect(slow).toBeVisible()
    for (const hint of en.verification.asking.hints(phone.userID)) await expect(window.getByText(hint)).toBeVisible()
    await otherDoors.key(window).click()
    await unlock.shown(window)
    await unlock.back(window)
    await verify.shown(window)
    // It goes on beside the doors, and asking again does not open a second one.
    await verify.askDevice(window)
    await verification.asking(window)
    expect(await count(beeper, 'appSetupVerificationsCreate')).toBe(1)
    await beeper.control.verification('accept')
    await verification.choosing(window)
    await unlockByDoor(window)
    await requests.goOn(requests.card(window, phone.deviceName)).click()
    await verification.choosing(window)
  },
)

async function unlockByDoor(window: Page): Promise<void> {
  await otherDoors.key(window).click()
  await unlock.shown(window)
}

test(
  'nobody answers for ten minutes: it took too long, and the next question is a new one',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await verify.askDevice(window)
    await verification.asking(window)
    await beeper.control.step(10 * 60_000)
    await verification.ended(window, 'timed-out')
    await expectWaysOn(window)
    await beeper.control.device({ id: tablet.deviceID, name: tablet.deviceName })
    await again(window)
    await beeper.control.verification('accept', undefined, tablet.deviceID)
    await verification.choosing(window)
    await expect(window.getByRole('main'), 'whoever answers').toContainText(en.verification.device(tablet))
    expect(await count(beeper, 'appSetupVerificationsCreate')).toBe(2)
  },
)

type Why = Parameters<typeof verification.ended>[1]

interface End {
  readonly why: Why
  /** How the other side, or the server, ends it. */
  readonly end: (beeper: Beeper) => Promise<void>
  /** What is quoted of the server. */
  readonly says?: string
}

const stoppedWith =
  (code: string, reason: string): End['end'] =>
  ({ control }) =>
    control.stop({ code, reason })

const ends: readonly End[] = [
  { why: 'cancelled-there', end: ({ control }) => control.verification('cancel') },
  { why: 'gone', end: ({ control }) => control.vanish() },
  { why: 'timed-out', end: stoppedWith('m.timeout', 'The request timed out'), says: 'The request timed out' },
  { why: 'answered-elsewhere', end: stoppedWith('m.accepted', 'Accepted by Ada’s tablet') },
  { why: 'no-common-way', end: stoppedWith('m.unknown_method', 'Neither SAS nor QR') },
  { why: 'mismatch-there', end: stoppedWith('m.key_mismatch', 'Keys differ') },
  {
    why: 'error',
    end: ({ control }) =>
      control.stop({ code: 'io.fancy.failure', reason: 'The <b>crypto</b> store is busy', phase: 'error' }),
    says: 'The <b>crypto</b> store is busy',
  },
]

async function toPictures(window: Page, beeper: Beeper): Promise<void> {
  await beeper.control.verification('accept')
  await verification.choosing(window)
  await verification.compare(window)
  await verification.comparing(window)
}

test('each end is called by its name, and leads on', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await verify.askDevice(window)
  await verification.asking(window)
  for (const [index, { why, end, says }] of ends.entries())
    await test.step(why, async () => {
      if (index % 2 === 1 || why === 'mismatch-there') await toPictures(window, beeper)
      await end(beeper)
      await verification.ended(window, why)
      if (says !== undefined) await expect(window.getByRole('figure')).toContainText(says)
      await expectWaysOn(window)
      await again(window)
    })
  await verification.cancel(window)
  await verification.ended(window, 'cancelled')
  expect(await newest(beeper)).toMatchObject({ phase: 'cancelled', error: { code: 'm.user' } })
  await otherDoors.key(window).click()
  await unlock.shown(window)
  expect(await count(beeper, 'appSetupVerificationsCreate')).toBe(ends.length + 1)
  expect(await count(beeper, 'appSetupVerificationsSASConfirm')).toBe(0)
})

test('no way in common is said plainly, and other doors are there', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await beeper.control.shape({ methods: ['m.something.new'] })
  await verify.askDevice(window)
  await verification.asking(window)
  await beeper.control.verification('accept')
  await verification.noWay(window)
  await expect(window.getByText(en.verification.choosing.noneText)).toBeVisible()
  for (const door of [otherDoors.key(window), otherDoors.neither(window)]) await expect(door).toBeVisible()
  await verification.cancel(window)
  await verification.ended(window, 'cancelled')
})

test('only what the server lists can be pressed', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await toComparing(window, beeper)
  const { verificationID } = await newest(beeper)
  await beeper.control.shape({ verificationID, availableActions: ['cancel', 'do.something.new'] })
  await expect(verification.match(window)).toBeHidden()
  await expect(verification.differ(window)).toBeVisible()
  await beeper.control.shape({ verificationID, availableActions: [] })
  await expect(verification.differ(window)).toBeHidden()
  await expect(window.getByRole('button', { name: en.verification.leave })).toBeVisible()
  await beeper.control.shape({ verificationID, availableActions: null })
  await verification.match(window).click()
  await beeper.control.verification('confirm')
  await throughFirstSync(window, beeper)
})

test('a state that nobody knows: its name is there, and it passes', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await toChoosing(window, beeper)
  const { verificationID } = await newest(beeper)
  await beeper.control.shape({ verificationID, state: 'awaiting_stars' })
  await verification.unknown(window)
  await window.getByText(en.common.details, { exact: true }).click()
  await expect(window.getByText('awaiting_stars')).toBeVisible()
  await expect(otherDoors.key(window)).toBeVisible()
  await beeper.control.shape({ verificationID, state: null })
  await verification.choosing(window)
  await beeper.control.shape({ verificationID, state: 'awaiting_stars' })
  await verification.unknown(window)
  await verification.cancel(window)
  await expect.poll(async () => (await newest(beeper)).phase).toBe('cancelled')
  await beeper.control.shape({ verificationID, state: null })
  await verification.ended(window, 'cancelled')
})

test('what the person has ended is theirs, also when the server tells it late', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await toComparing(window, beeper)
  const { verificationID } = await newest(beeper)
  await beeper.control.shape({ verificationID, state: 'sas_ready' })
  await verification.differ(window).click()
  await expect.poll(async () => (await newest(beeper)).phase).toBe('cancelled')
  await verification.ended(window, 'mismatch')
  await beeper.control.shape({ verificationID, state: null })
  await expect.poll(async () => (await beeper.control.calls('appSetupVerificationsList')).length).toBeGreaterThan(3)
  await verification.ended(window, 'mismatch')
})

test.describe('without another device', () => {
  test.use({ scenario: 'no-other-device' })

  test('the server knows nobody to ask: said at the doors', security, async ({ desk, beeper }) => {
    await beeper.control.fault({ operation: 'appSetupVerificationsCreate', status: 409, message: 'Nobody is home' })
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await verify.askDevice(window)
    await expect(window.getByText(en.problems['security.nothing-to-verify-with'].title)).toBeVisible()
    await expect(window.getByText('Nobody is home')).toBeVisible()
    await verify.shown(window)
    await unlock.open(window)
  })
})
