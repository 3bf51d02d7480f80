import { en } from '#messages/en'
import { email, find, keychain, recoveryKey, register, settings } from '../pages/screens.ts'
import { expect, test } from '../rig/test.ts'
import { address, finishNewAccount, toCode, toRegistration } from './roads.ts'

const account = { tag: '@account' }
const inWords = { timeout: 10_000 }

test.describe('a locked keyring', () => {
  test.use({ keychain: 'locked' })

  test(
    'KEY-5 KEY-7: locked: said before anything is asked, opened, and asked for once',
    account,
    async ({ desk, beeper }) => {
      const { window } = await desk.start()
      await find.useFirst(window)
      await keychain.shown(window, 'probe')
      await expect(keychain.says(window, 'keychain.locked')).toBeVisible(inWords)
      expect(await beeper.control.calls('appSetupStart'), 'no mail was asked for').toHaveLength(0)
      desk.keyring.dismiss()
      await expect(keychain.says(window, 'keychain.denied')).toBeVisible(inWords)
      await desk.keyring.unlock()
      await keychain.retry(window).click()
      await email.shown(window)
      await finishNewAccount(window, beeper)
      expect(await desk.keyring.readToken(beeper.origin)).toBe(beeper.world.tokens.all().at(-1)?.value)
    },
  )
})

test.describe('without a keyring', () => {
  test.use({ keychain: 'no-provider' })

  test(
    'KEY-5: absent: kept for this run, and moved into a keyring that appears later by one click',
    account,
    async ({ desk, beeper }) => {
      const { window } = await desk.start()
      await find.useFirst(window)
      await keychain.shown(window, 'probe')
      await expect(keychain.says(window, 'keychain.missing')).toBeVisible(inWords)
      await keychain.thisRun(window).click()
      await email.shown(window)
      await finishNewAccount(window, beeper)
      expect(desk.server(beeper.origin), 'nothing is said to be saved').not.toHaveProperty('marker')

      // The chapter of signing in is behind, and can be visited.
      await settings.fromRail(window)
      await settings.shown(window)
      await expect(window.getByText(en.settings.keptForThisRun)).toBeVisible()
      await settings.keep(window).click()
      await expect(window.getByText(en.keychain.problems.linux['keychain.missing'].title)).toBeVisible()
      await desk.keyring.appear()
      await settings.keep(window).click()
      await expect(window.getByText(en.settings.keptInStore('linux'))).toBeVisible()
      const token = beeper.world.tokens.all().at(-1)?.value
      expect(await desk.keyring.readToken(beeper.origin)).toBe(token)
      await settings.back(window)
      await recoveryKey.shown(window)
      await desk.quit()

      const again = await desk.start()
      await recoveryKey.shown(again.window)
      expect(await beeper.control.calls('appSetupResponse'), 'nobody signed in twice').toHaveLength(1)
    },
  )

  test(
    'KEY-5: absent: with nothing kept, quitting forgets the sign-in and says so first',
    account,
    async ({ desk, beeper }) => {
      const { window } = await desk.start()
      await find.useFirst(window)
      await keychain.shown(window, 'probe')
      await keychain.thisRun(window).click()
      await email.shown(window)
      await finishNewAccount(window, beeper)
      await desk.quit()
      const again = await desk.start()
      await keychain.shown(again.window, 'probe')
    },
  )

  test('KEY-5: the app can be quit from the choice', account, async ({ desk }) => {
    const { app, window } = await desk.start()
    await find.useFirst(window)
    await keychain.shown(window, 'probe')
    const closed = app.waitForEvent('close')
    const click = window.getByRole('button', { name: en.keychain.quit, exact: true }).click()
    // The app may be gone before it has said that it was clicked.
    await Promise.all([closed, click.catch((error: unknown) => expect(String(error)).toContain('closed'))])
  })
})

test.describe('a keyring that goes while somebody signs in', () => {
  test(
    'KEY-4 ONE-1: the sign-in is there all the same, and saved once the keyring is back',
    account,
    async ({ desk, beeper }) => {
      const { window } = await desk.start()
      await toRegistration(window, beeper)
      await desk.keyring.kill()
      await register.submit(window, 'sam')
      await keychain.shown(window, 'save')
      await desk.keyring.unlock()
      await keychain.retry(window).click()
      await recoveryKey.shown(window)
      expect(await desk.keyring.readToken(beeper.origin)).toBe(beeper.world.tokens.all().at(-1)?.value)
      expect(await beeper.control.calls('appSetupRegister')).toHaveLength(1)
    },
  )

  test('KEY-7: the keychain is tried once a run', account, async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await toCode(window, address)
    await window.getByRole('button', { name: en.code.changeAddress }).click()
    await email.shown(window)
    await desk.keyring.kill()
    await find.fromRail(window)
    await find.useFirst(window)
    await email.shown(window)
    expect(await beeper.control.calls('appSetupEmail')).toHaveLength(1)
  })
})
