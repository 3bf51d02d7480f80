// Main is ended at the moments that count for what exists once. What it was in the middle of, the next start settles by
// reading the server and the keychain.
import type { Page } from '@playwright/test'
import { en } from '#messages/en'
import { authorise, code, find, register } from '../pages/screens.ts'
import type { Desk } from '../rig/desk.ts'
import { expect, test } from '../rig/test.ts'
import type { Beeper } from '../rig/test.ts'
import { knownAddress, toCode, toRegistration } from './roads.ts'

const account = { tag: '@account' }

type Operation = 'appSetupResponse' | 'appSetupRegister' | 'oauth_token'

interface Way {
  readonly scenario: 'existing-account' | 'new-account' | 'ready'
  /** Walks up to the click that sends the call. */
  readonly to: (window: Page, beeper: Beeper, desk: Desk) => Promise<void>
  readonly click: (window: Page, beeper: Beeper, desk: Desk) => Promise<void>
}

const ways: Readonly<Record<Operation, Way>> = {
  appSetupResponse: {
    scenario: 'existing-account',
    async to(window, beeper, desk) {
      await toCode(window, knownAddress)
      // What is still to be put into the keychain would ask for its password first.
      await expect.poll(() => desk.keyring.readToken(`${beeper.origin}#request`)).toBeTruthy()
    },
    click: async (window, beeper) => code.enter(window, await beeper.control.newestCode(knownAddress)),
  },
  appSetupRegister: {
    scenario: 'new-account',
    async to(window, beeper, desk) {
      await toRegistration(window, beeper)
      // What is still to be put away in the keychain would ask for its password first.
      await expect.poll(() => desk.settings().progress['request']).toBeUndefined()
    },
    click: (window) => register.submit(window, 'sam'),
  },
  oauth_token: {
    scenario: 'ready',
    async to(window) {
      await find.useFirst(window)
      await authorise.shown(window)
    },
    async click(window, beeper, desk) {
      await authorise.openBrowser(window)
      await expect.poll(() => desk.browser.opened().length).toBe(1)
      await beeper.control.consent(desk.browser.opened()[0] ?? '')
    },
  },
}

const heading = (window: Page, name: string | RegExp) => window.getByRole('heading', { level: 1, name })
const count = async (beeper: Beeper, operation: Operation): Promise<number> =>
  (await beeper.control.calls(operation)).length

for (const operation of ['appSetupResponse', 'appSetupRegister', 'oauth_token'] as const)
  test.describe(operation, () => {
    const { scenario, to, click } = ways[operation]
    test.use({ scenario })

    test(`ONE-1 ONE-2: ${operation}: killed with the call on its way`, account, async ({ desk, beeper }) => {
      const { window } = await desk.start()
      await to(window, beeper, desk)
      await beeper.control.fault({ operation, hold: true, times: 1 })
      await click(window, beeper, desk)
      await expect.poll(() => count(beeper, operation)).toBe(1)
      expect(desk.settings().progress['intents'], 'the intent is on the disk').toHaveLength(1)
      await desk.kill()
      const again = await desk.start()
      await expect(heading(again.window, /./u)).not.toHaveText(en.starting.title)
      expect(await count(beeper, operation), 'nothing is repeated').toBe(1)
    })

    test(`ONE-1 ONE-2: ${operation}: killed with the answer on its way`, account, async ({ desk, beeper }) => {
      const { window } = await desk.start()
      await to(window, beeper, desk)
      await beeper.control.fault({ operation, holdAnswer: true, times: 1 })
      await click(window, beeper, desk)
      await expect.poll(() => beeper.world.tokens.all().length).toBe(1)
      await desk.kill()
      const again = await desk.start()
      await expect(heading(again.window, en.authorise.title)).toBeVisible()
      expect(await count(beeper, operation)).toBe(1)
      await authorise.openBrowser(again.window)
      const opened = desk.browser.opened().length
      await expect.poll(() => desk.browser.opened().length).toBeGreaterThanOrEqual(opened)
      await expect.poll(() => desk.settings().progress['intents']).toEqual([])
    })

    test(`ONE-1 ONE-2: ${operation}: killed while the keychain has the token`, account, async ({ desk, beeper }) => {
      const { window } = await desk.start()
      await to(window, beeper, desk)
      await desk.keyring.lock()
      await click(window, beeper, desk)
      await desk.keyring.prompted()
      await desk.kill()
      await desk.keyring.unlock()
      const again = await desk.start()
      // The keychain was never opened, so the token is gone; the server knows of the sign-in, and permission leads in.
      await expect(heading(again.window, en.authorise.title)).toBeVisible()
      expect(await count(beeper, operation)).toBe(1)
    })
  })
