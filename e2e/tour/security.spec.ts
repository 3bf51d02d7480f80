// Secure messages beside the demo's road: the other device, its card, the recovery key that is there, the one that is lost.
import { en } from '#messages/en'
import { phone, security, signedIn, stranger, toChoosing, toComparing } from '../journeys/security-roads.ts'
import { home } from '../pages/screens.ts'
import { details, keyEntry, newKey, requests, scanner, secrets, unlock, verification, verify } from '../pages/secure.ts'
import { expect, test } from '../rig/test.ts'
import { camera } from './camera.ts'

test.use({ seed: 1, scenario: 'needs-verification' })

test('by another device', security, async ({ desk, beeper }) => {
  const { app, window } = await signedIn(desk, beeper)
  const shoot = camera(app, window)
  await verify.shown(window)
  await verify.askDevice(window)
  await verification.asking(window)
  await shoot('35-ask-another-device')
  await beeper.control.verification('accept')
  await verification.choosing(window)
  await shoot('36-how-to-compare')
  await scanner.open(window)
  await expect(window.getByText(en.verification.scanner.camera.none.title)).toBeVisible()
  await shoot('37-scan-the-other-code')
  await scanner.back(window)
  await verification.compare(window)
  await verification.comparing(window)
  await expect(verification.match(window)).toBeVisible()
  await shoot('38-compare-pictures')
  await verification.match(window).click()
  await expect(verification.waits(window, phone)).toBeVisible()
  await shoot('39-wait-for-the-other-device')
})

test('pictures that differ', security, async ({ desk, beeper }) => {
  const { app, window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await toComparing(window, beeper)
  await verification.differ(window).click()
  await verification.ended(window, 'mismatch')
  await camera(app, window)('40-they-do-not-match')
})

test('agreed, and not taken up yet', security, async ({ desk, beeper }) => {
  const { app, window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await beeper.control.setup({ isHeld: true })
  await toChoosing(window, beeper)
  await verification.compare(window)
  await verification.comparing(window)
  await beeper.control.verification('confirm')
  await verification.match(window).click()
  await verification.settling(window)
  await camera(app, window)('41-not-taken-up-yet')
})

test('others who ask', security, async ({ desk, beeper }) => {
  const { app, window } = await signedIn(desk, beeper)
  const shoot = camera(app, window)
  await verify.shown(window)
  await beeper.control.requestVerification()
  await beeper.control.requestVerification({ userID: stranger.userID, deviceName: stranger.deviceName })
  await expect(requests.all(window)).toHaveCount(2)
  await shoot('42-others-who-ask')
  await requests.accept(requests.card(window, stranger.userID)).click()
  await verification.choosing(window)
})

test('the key that is there, and the one that is lost', security, async ({ desk, beeper }) => {
  const { app, window } = await signedIn(desk, beeper)
  const shoot = camera(app, window)
  await verify.shown(window)
  await unlock.open(window)
  await keyEntry.send(window, 'EsTc 0abc')
  await shoot('43-a-mistyped-key')
  await unlock.back(window)
  await verify.neither(window)
  await newKey.shown(window)
  await shoot('44-what-a-new-key-costs')
})

test.describe('verified already', () => {
  test.use({ scenario: 'needs-secrets' })

  test('the keys are missing', security, async ({ desk, beeper }) => {
    const { app, window } = await signedIn(desk, beeper)
    await secrets.shown(window)
    await camera(app, window)('45-open-your-messages')
  })
})

test.describe('no key is kept', () => {
  test.use({ scenario: 'ready-not-backed-up' })

  test('the reminder, and the details', security, async ({ desk, beeper }) => {
    const { app, window } = await signedIn(desk, beeper)
    const shoot = camera(app, window)
    await home.says(window, 'ready')
    await expect(window.getByRole('heading', { name: en.home.reminderTitle })).toBeVisible()
    await shoot('46-no-key-is-kept')
    await details.open(window)
    await shoot('47-encryption-details')
  })
})
