// Other devices that ask: one's own, a stranger's, several at once, and one while another goes on.
import { en } from '#messages/en'
import { home } from '../pages/screens.ts'
import { keyEntry, requests, unlock, verification, verify } from '../pages/secure.ts'
import { lookAtWindow, notifications } from '../rig/desktop.ts'
import { expect, test } from '../rig/test.ts'
import {
  count,
  newest,
  phone,
  security,
  signedIn,
  stranger,
  tablet,
  throughFirstSync,
  toComparing,
} from './security-roads.ts'

test.use({ scenario: 'two-devices' })

const asks = { userID: stranger.userID, deviceID: stranger.deviceID, deviceName: stranger.deviceName }

test(
  'a stranger’s request looks different from one’s own device, and agreeing with it opens nothing',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await beeper.control.requestVerification(asks)
    const card = requests.all(window)
    await expect(card).toHaveCount(1)
    // Its device may call itself as it likes; what counts is whose account it is.
    await expect(card).toContainText(stranger.userID)
    await expect(card).toContainText('Accepting does not unlock your messages.')
    await expect(card.getByRole('heading')).not.toContainText('confirm that it’s you')
    await requests.accept(card).click()
    await verification.choosing(window)
    await verification.compare(window)
    await verification.comparing(window)
    await verification.match(window).click()
    await beeper.control.verification('confirm')
    await verification.done(window)
    const lead = en.verification.done.strangerLead(stranger)
    await expect(window.getByText(lead)).toBeVisible()
    expect((await beeper.control.snapshot()).state).toBe('needs-verification')
    await window.getByRole('button', { name: en.verification.done.goOn }).click()
    await verify.shown(window)
  },
)

test('several at once: each has its card, and its answer goes to it alone', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  const [ofPhone, ofTablet] = [
    await beeper.control.requestVerification({ deviceID: phone.deviceID }),
    await beeper.control.requestVerification({ deviceID: tablet.deviceID }),
  ]
  await beeper.control.requestVerification(asks)
  await expect(requests.all(window)).toHaveCount(3)
  await beeper.control.requestVerification({ userID: '@oscar:example.org', deviceName: null })
  await expect(window.getByText(en.requests.more(1))).toBeVisible()
  await expect(requests.all(window).first(), 'the newest is the first').toContainText('@oscar:example.org')
  for (const text of ['@oscar:example.org', stranger.userID, phone.deviceName]) {
    await requests.notMe(requests.card(window, text)).click()
    await expect(requests.card(window, text)).toHaveCount(0)
  }
  await requests.accept(requests.card(window, tablet.deviceName)).click()
  await verification.choosing(window)
  const phases = (await beeper.control.snapshot()).verifications.map(({ verificationID, phase }) => [
    verificationID,
    phase,
  ])
  expect(phases).toContainEqual([ofPhone, 'cancelled'])
  expect(await newest(beeper), 'the other side is told').toMatchObject({ error: { code: 'm.user' } })
  expect(await count(beeper, 'appSetupVerificationsAccept')).toBe(1)
  expect(phases).toContainEqual([ofTablet, 'ready'])
  await beeper.control.verification('startEmoji', ofTablet)
  await verification.match(window).click()
  await beeper.control.verification('confirm', ofTablet)
  await throughFirstSync(window, beeper)
})

test('a request while pictures are compared waits beside them', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await toComparing(window, beeper)
  const { verificationID: first } = await newest(beeper)
  const second = await beeper.control.requestVerification({ deviceID: tablet.deviceID })
  const card = requests.card(window, tablet.deviceName)
  await expect(card).toBeVisible()
  await verification.comparing(window)
  // The answer in the middle of the screen is the answer to the first.
  await requests.accept(card).click()
  await verification.choosing(window)
  const left = requests.card(window, en.verification.device(phone))
  await requests.goOn(left).click()
  await verification.comparing(window)
  await verification.match(window).click()
  await beeper.control.verification('confirm', first)
  await throughFirstSync(window, beeper)
  const { verifications } = await beeper.control.snapshot()
  expect(verifications.find(({ verificationID }) => verificationID === second)?.hasConfirmed).toBe(false)
})

test('a request that is alive already is used, not joined by a second one', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await beeper.control.requestVerification({ deviceID: tablet.deviceID })
  await expect(requests.all(window)).toHaveCount(1)
  await verify.askDevice(window)
  await verification.incoming(window)
  await expect(window.getByRole('main').getByText(tablet.deviceID)).toBeVisible()
  await window.getByRole('button', { name: en.verification.incoming.accept, exact: true }).click()
  await verification.choosing(window)
  expect(await count(beeper, 'appSetupVerificationsCreate')).toBe(0)
})

test(
  '“Not me” at one’s own device says what to look at, and nothing has changed',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await beeper.control.requestVerification()
    await expect(requests.all(window)).toHaveCount(1)
    await verify.askDevice(window)
    await verification.incoming(window)
    await window.getByRole('button', { name: en.verification.incoming.notMe, exact: true }).click()
    await verification.ended(window, 'not-me')
    for (const step of en.verification.ended.reasons['not-me'].steps?.(phone) ?? [])
      await expect(window.getByText(step)).toBeVisible()
    await unlockByDoor(window)
    expect((await newest(beeper)).phase).toBe('cancelled')
  },
)

async function unlockByDoor(window: Parameters<typeof verify.shown>[0]): Promise<void> {
  await window.getByRole('button', { name: en.otherDoors.key, exact: true }).click()
  await unlock.shown(window)
}

test(
  'a card that comes while a key is typed takes neither the focus nor the keys',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await unlock.open(window)
    const key = (await beeper.control.snapshot()).signedIn?.recoveryKey ?? ''
    await window.keyboard.type(key.slice(0, 30))
    await beeper.control.requestVerification({ deviceID: phone.deviceID })
    await expect(requests.all(window)).toHaveCount(1)
    await expect(keyEntry.field(window)).toBeFocused()
    await window.keyboard.type(key.slice(30))
    await expect(keyEntry.field(window)).toHaveValue(key)
    await window.keyboard.press('Enter')
    await throughFirstSync(window, beeper)
    expect(await count(beeper, 'appSetupVerificationsAccept')).toBe(0)
  },
)

test(
  'an answer that does not get through is said where it was given, and can be given again',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    const fails = { status: 500, message: 'The store is busy', times: 1 } as const
    await beeper.control.fault({ operation: 'appSetupVerificationsCancel', ...fails })
    await beeper.control.fault({ operation: 'appSetupVerificationsAccept', ...fails })
    await beeper.control.requestVerification({ deviceID: phone.deviceID })
    const card = requests.card(window, phone.deviceName)
    await requests.notMe(card).click()
    await expect(card).toContainText('The store is busy')
    await requests.notMe(card).click()
    await expect(card).toHaveCount(0)
    await expect.poll(async () => (await newest(beeper)).phase).toBe('cancelled')

    await beeper.control.requestVerification({ deviceID: tablet.deviceID })
    await requests.accept(requests.card(window, tablet.deviceName)).click()
    await verification.incoming(window)
    await expect(window.getByText('The store is busy')).toBeVisible()
    await window.getByRole('button', { name: en.verification.incoming.accept, exact: true }).click()
    await verification.choosing(window)
  },
)

test.describe('at Home', () => {
  test.use({ scenario: 'ready' })

  test(
    'a new device asks while nobody looks: one notification, and its click leads there',
    security,
    async ({ desk, beeper }) => {
      notifications.offer(desk)
      const { app, window } = await signedIn(desk, beeper)
      await home.says(window, 'ready')
      await notifications.watch(app)
      await lookAtWindow(app, true)
      await beeper.control.requestVerification()
      await expect(requests.all(window)).toHaveCount(1)
      expect(await notifications.told(app), 'who looks at the window sees the card').toEqual([])
      await beeper.control.verification('cancel')
      await expect(requests.all(window)).toHaveCount(0)

      await lookAtWindow(app, false)
      await beeper.control.events({ isDoubled: true })
      await beeper.control.requestVerification()
      const words = en.native.notification.verification.own
      const body = words.text(phone.deviceName, phone.userID)
      const told = { title: words.title, body, isClosed: false }
      await expect.poll(() => notifications.told(app)).toEqual([told])
      await beeper.control.repeatEvent('verification.updated')
      await expect(requests.all(window)).toHaveCount(1)
      expect(await notifications.told(app), 'told once').toHaveLength(1)
      expect(await count(beeper, 'appSetupVerificationsAccept')).toBe(0)
      await notifications.click(app, 0)
      await verification.incoming(window)
      await window.getByRole('button', { name: en.verification.incoming.accept, exact: true }).click()
      await verification.choosing(window)
      await expect.poll(() => notifications.told(app)).toEqual([{ ...told, isClosed: true }])
      await verification.compare(window)
      await verification.match(window).click()
      await beeper.control.verification('confirm')
      await verification.done(window)
      await window.getByRole('button', { name: en.verification.done.goOn }).click()
      await home.says(window, 'ready')
    },
  )

  test('a stranger’s notification says that it is somebody else’s, as text', security, async ({ desk, beeper }) => {
    notifications.offer(desk)
    const { app, window } = await signedIn(desk, beeper)
    await home.says(window, 'ready')
    await notifications.watch(app)
    await lookAtWindow(app, false)
    await beeper.control.requestVerification({ ...asks, deviceName: '<a href="https://evil.example">Your phone</a>' })
    await expect.poll(() => notifications.told(app)).toHaveLength(1)
    const [told] = await notifications.told(app)
    expect(told?.title).toBe(en.native.notification.verification.other.title)
    expect(told?.body).toContain(stranger.userID)
    expect(told?.body).not.toContain('<')
    await beeper.control.verification('cancel')
    await expect.poll(async () => (await notifications.told(app))[0]?.isClosed).toBe(true)
  })
})
