// Secure messages with the keyboard alone: by pictures, by a key that one has, and by a new one.
import { en } from '#messages/en'
import { press, tabTo } from '../pages/keyboard.ts'
import { recoveryKey } from '../pages/screens.ts'
import { keyEntry, newKey, requests, unlock, verification, verify } from '../pages/secure.ts'
import { expect, test } from '../rig/test.ts'
import { phone, security, signedIn, throughFirstSync } from './security-roads.ts'

test.use({ scenario: 'needs-verification' })

test('A6: the road of pictures without a mouse', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await press(window, en.verify.device)
  await verification.asking(window)
  await press(window, en.verification.cancel)
  await verification.ended(window, 'cancelled')
  await beeper.control.requestVerification()
  await expect(requests.all(window)).toHaveCount(1)
  await press(window, en.requests.acceptNamed({ ...card, peer: phone }))
  await verification.choosing(window)
  await press(window, en.verification.choosing.compare)
  await verification.comparing(window)
  await tabTo(window, window.getByText(en.verification.comparing.numbersFold, { exact: true }))
  await window.keyboard.press('Enter')
  await expect(window.getByRole('list', { name: en.verification.comparing.numbers })).toBeVisible()
  await press(window, en.verification.comparing.match, 'Space')
  await expect(verification.waits(window, phone)).toBeVisible()
  await beeper.control.verification('confirm')
  await throughFirstSync(window, beeper)
})

const card = { verificationID: '', kind: 'asks', isBusy: false, problem: undefined } as const

test('the road of the key without a mouse', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await press(window, en.verify.key)
  await unlock.shown(window)
  await press(window, en.unlock.back)
  await verify.shown(window)
  await press(window, en.verify.key)
  await expect(keyEntry.field(window), 'the field has the focus at once').toBeFocused()
  await window.keyboard.type((await beeper.control.snapshot()).signedIn?.recoveryKey?.replaceAll(' ', '') ?? '')
  await window.keyboard.press('Enter')
  await throughFirstSync(window, beeper)
})

test('ONE-3: a new key without a mouse', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await press(window, en.verify.neither)
  await newKey.shown(window)
  for (const cost of await newKey.costs(window).all()) {
    await tabTo(window, cost)
    await window.keyboard.press('Space')
  }
  await press(window, en.recoveryKey.createNew)
  await expect(window.getByRole('heading', { name: en.recoveryKey.showTitle })).toBeVisible()
  await press(window, en.recoveryKey.show, 'Space')
  const groups = await recoveryKey.groups(window)
  await press(window, en.recoveryKey.costs.reset.leave)
  await expect(newKey.leaving(window)).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(newKey.leaving(window)).toBeHidden()
  await press(window, en.recoveryKey.haveSaved)
  await expect(recoveryKey.groupField(window)).toBeFocused()
  await window.keyboard.type(groups[(await recoveryKey.askedFor(window)) - 1] ?? '')
  await window.keyboard.press('Enter')
  await throughFirstSync(window, beeper)
})
