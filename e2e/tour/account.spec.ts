// The stretches that the demo does not have: several Beepers, another computer, a keychain that is not there, the settings.
import { en } from '#messages/en'
import { authorise, find, home, keychain, settings } from '../pages/screens.ts'
import { expect, test } from '../rig/more-servers.ts'
import { camera } from './camera.ts'

const dayMs = 86_400_000

test.use({ seed: 1 })

test('another computer, and a certificate nobody vouches for', async ({ desk, others, remote }) => {
  const further = await others({ scenario: 'ready' })
  const ready = await others({ scenario: 'ready' })
  await desk.keyring.putToken(ready.origin, await ready.control.token({ source: 'account' }))
  desk.remember(ready.origin, { source: 'account', savedAt: '2026-01-01T00:00:00.000Z' })
  desk.looksAt([further])
  const other = await remote('self-signed')
  const { app, window } = await desk.start()
  const shoot = camera(app, window)
  await expect(find.rows(window)).toHaveCount(2)
  await expect(find.row(window, String(ready.port)).getByText(en.find.states.ready)).toBeVisible()
  await shoot('27-find-several')
  await find.enterAddress(window, other.origin)
  await expect(find.asks(window)).toBeVisible()
  await shoot('28-another-computer')
  await find.allow(window)
  await expect(window.getByText(en.problems['beeper.cert-untrusted'].title)).toBeVisible()
  await shoot('29-certificate-refused')
})

test.describe('signed in already', () => {
  test.use({ scenario: 'ready' })

  test('a token instead, and a permission that runs out', async ({ desk, beeper }) => {
    const { app, window } = await desk.start()
    await find.useFirst(window)
    await authorise.shown(window)
    await window.getByText(en.token.fold, { exact: true }).click()
    await expect(authorise.tokenField(window)).toBeVisible()
    await camera(app, window)('30-paste-a-token')
    await desk.quit()

    const expiresInMs = 3 * dayMs
    const token = await beeper.control.token({ source: 'oauth', expiresInMs })
    const savedAt = new Date(Date.now() - 90 * dayMs).toISOString()
    await desk.rememberSignIn(beeper.origin, token, { source: 'oauth', savedAt, expiresAtMs: Date.now() + expiresInMs })
    const again = await desk.start()
    const shoot = camera(again.app, again.window)
    await home.shown(again.window)
    await expect(again.window.getByRole('button', { name: en.home.renew, exact: true })).toBeVisible()
    await shoot('31-home-renew')
    await settings.open(again.window)
    await settings.shown(again.window)
    await shoot('32-settings')
    await again.window.getByRole('button', { name: en.settings.signOut, exact: true }).click()
    await expect(again.window.getByRole('dialog')).toBeVisible()
    await shoot('33-sign-out')
  })
})

test.describe('without a keyring', () => {
  test.use({ keychain: 'no-provider' })

  test('the choice', async ({ desk }) => {
    const { app, window } = await desk.start()
    await find.useFirst(window)
    await keychain.shown(window, 'probe')
    await expect(keychain.says(window, 'keychain.missing')).toBeVisible()
    await camera(app, window)('34-keychain-choice')
  })
})
