// Beeper is restarted while somebody makes their messages safe: what it has forgotten is said, what the person has typed stays,
// and each screen leads on (RUN-5).
import type { Page } from '@playwright/test'
import { en } from '#messages/en'
import type { Call } from '#simulator/traffic'
import { firstSync, home, recoveryKey } from '../pages/screens.ts'
import {
  keyEntry,
  newKey,
  preparing,
  requests,
  scanner,
  secrets,
  unlock,
  verification,
  verify,
} from '../pages/secure.ts'
import { expect, test } from '../rig/test.ts'
import type { Beeper } from '../rig/test.ts'
import { newest, phone, security, signedIn, throughFirstSync } from './security-roads.ts'

const offline = (window: Page) => window.getByText(en.offline.banner)

/** Nothing answers for as long as it takes to say so. */
async function restart(window: Page, { control }: Beeper): Promise<void> {
  await control.restart({ downMs: null })
  await expect(offline(window)).toBeVisible()
  await control.start()
  await expect(offline(window)).toBeHidden()
}

/** Nothing answers any more in the middle of a call. */
async function cutOff(
  { control }: Beeper,
  operation: Call['operationID'],
  call: () => Promise<unknown>,
): Promise<void> {
  await control.fault({ operation, hold: true, times: 1 })
  const before = (await control.calls(operation)).length
  await call()
  await expect.poll(async () => (await control.calls(operation)).length).toBe(before + 1)
  await control.restart()
}

const accepted = async (window: Page, { control }: Beeper): Promise<void> => {
  await control.verification('accept')
  await verification.choosing(window)
}
const compared = async (window: Page, beeper: Beeper): Promise<void> => {
  await accepted(window, beeper)
  await verification.compare(window)
  await verification.comparing(window)
}

/** Each place in a verification, from where the other device was asked. */
const places: Readonly<Record<string, (window: Page, beeper: Beeper) => Promise<void>>> = {
  asked: (window) => verification.asking(window),
  choosing: accepted,
  scanning: async (window, beeper) => {
    await accepted(window, beeper)
    await scanner.open(window)
  },
  'read the phone’s code': async (window, beeper) => {
    await accepted(window, beeper)
    const code = await beeper.control.peerCode()
    await scanner.open(window)
    await scanner.useText(window, code)
    await verification.read(window)
  },
  'ours was read': async (window, beeper) => {
    await accepted(window, beeper)
    await beeper.control.scan((await newest(beeper)).ownCode ?? '')
    await verification.scanned(window)
  },
  comparing: compared,
  'said that they match': async (window, beeper) => {
    await compared(window, beeper)
    await verification.match(window).click()
    await expect(verification.waits(window, phone)).toBeVisible()
  },
}

test.describe('of a verification', () => {
  test.use({ scenario: 'needs-verification' })

  for (const half of [0, 1])
    test(
      `RUN-5: a restart at each place of a verification: it is gone, and asked again (${half + 1} of 2)`,
      security,
      async ({ desk, beeper }) => {
        const { window } = await signedIn(desk, beeper)
        await verify.shown(window)
        await verify.askDevice(window)
        for (const [name, to] of Object.entries(places).filter((_place, index) => index % 2 === half))
          await test.step(name, async () => {
            await verification.asking(window)
            await to(window, beeper)
            await restart(window, beeper)
            await verification.ended(window, 'gone')
            await verification.again(window).click()
          })
        await verification.asking(window)
        await compared(window, beeper)
        await verification.match(window).click()
        await beeper.control.verification('confirm')
        await throughFirstSync(window, beeper)
      },
    )

  test(
    'RUN-5: at the doors, with a card on the screen, and while both sides agree',
    security,
    async ({ desk, beeper }) => {
      const { window } = await signedIn(desk, beeper)
      await verify.shown(window)
      await beeper.control.requestVerification()
      await expect(requests.all(window)).toHaveCount(1)
      await restart(window, beeper)
      await verify.shown(window)
      await expect(requests.all(window)).toHaveCount(0)

      await verify.askDevice(window)
      await verification.asking(window)
      await compared(window, beeper)
      await beeper.control.setup({ isHeld: true })
      await verification.match(window).click()
      await beeper.control.verification('confirm')
      await verification.settling(window)
      await restart(window, beeper)
      await verification.settling(window)
      await beeper.control.setup({ isHeld: false })
      await throughFirstSync(window, beeper)
    },
  )

  test('RUN-5: with a key typed: it is still there', security, async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await unlock.open(window)
    const key = (await beeper.control.snapshot()).signedIn?.recoveryKey ?? ''
    await keyEntry.field(window).fill(key)
    await restart(window, beeper)
    await expect(keyEntry.field(window)).toHaveValue(key)
    await beeper.control.setup({ isHeld: true })
    await keyEntry.submit(window)
    await expect(window.getByText(en.keyEntry.accepted)).toBeVisible()
    await restart(window, beeper)
    await expect(window.getByText(en.keyEntry.accepted)).toBeVisible()
    await beeper.control.setup({ isHeld: false })
    await throughFirstSync(window, beeper)
  })

  test(
    'RUN-5: with the costs ticked they stay so, also in the middle of a call; a new key is forgotten by Beeper, and that is said',
    security,
    async ({ desk, beeper }) => {
      const { window } = await signedIn(desk, beeper)
      await verify.shown(window)
      await verify.neither(window)
      await newKey.shown(window)
      await newKey.acceptAll(window)
      await restart(window, beeper)
      for (const cost of await newKey.costs(window).all()) await expect(cost).toBeChecked()
      await cutOff(beeper, 'appSetupVerificationRecoveryKeyReset', () => newKey.create(window).click())
      await expect(window.getByRole('alert')).toBeVisible()
      for (const cost of await newKey.costs(window).all()) await expect(cost).toBeChecked()
      await newKey.create(window).click()
      const first = await recoveryKey.show(window)
      await restart(window, beeper)
      expect(await recoveryKey.groups(window), 'it is still on the screen').toEqual(first)
      await cutOff(beeper, 'appSetupVerificationRecoveryKeyResetConfirm', () => recoveryKey.prove(window, first))
      await expect(window.getByRole('alert')).toBeVisible()
      await window.getByRole('button', { name: en.recoveryKey.confirm, exact: true }).click()
      await expect(window.getByText(en.problems['security.new-key-refused'].title)).toBeVisible()
      await newKey.make(window)
      await recoveryKey.prove(window, await recoveryKey.show(window))
      await throughFirstSync(window, beeper)
    },
  )

  test(
    'RUN-5: a Beeper that starts slowly: getting ready, and then the same door',
    security,
    async ({ desk, beeper }) => {
      const { window } = await signedIn(desk, beeper)
      await verify.shown(window)
      await unlock.open(window)
      await beeper.control.restart({ initializingMs: 60_000 })
      await preparing.shown(window)
      await beeper.control.step(60_000)
      await unlock.shown(window)
    },
  )
})

test.describe('of a new account', () => {
  test.use({ scenario: 'needs-cross-signing-setup' })

  test(
    'RUN-5: before and while the first key shows, and in the middle of the proof',
    security,
    async ({ desk, beeper }) => {
      const { window } = await signedIn(desk, beeper)
      await recoveryKey.shown(window)
      await restart(window, beeper)
      await recoveryKey.shown(window)
      await recoveryKey.create(window)
      const first = await recoveryKey.show(window)
      await window.getByRole('button', { name: en.recoveryKey.haveSaved }).click()
      const field = recoveryKey.groupField(window)
      const group = first[(await recoveryKey.askedFor(window)) - 1] ?? ''
      await field.fill(group)
      await restart(window, beeper)
      await expect(field).toHaveValue(group)
      await window.getByRole('button', { name: en.recoveryKey.confirm, exact: true }).click()
      await expect(window.getByText(en.problems['security.new-key-refused'].title)).toBeVisible()
      await window.getByRole('button', { name: en.recoveryKey.createNew, exact: true }).click()
      await recoveryKey.prove(window, await recoveryKey.show(window))
      await throughFirstSync(window, beeper)
    },
  )
})

test.describe('of the last stretch', () => {
  test.use({ scenario: 'needs-secrets' })

  test(
    'RUN-5: while keys are missing, while nobody knows the state, while messages come in, and at Home',
    security,
    async ({ desk, beeper }) => {
      const { window } = await signedIn(desk, beeper)
      await secrets.shown(window)
      const key = (await beeper.control.snapshot()).signedIn?.recoveryKey ?? ''
      await keyEntry.field(window).fill(key)
      await restart(window, beeper)
      await expect(keyEntry.field(window)).toHaveValue(key)
      await beeper.control.state('needs-account-migration')
      await preparing.unknown(window)
      await expect(window.getByText(en.encryption.fold)).toBeVisible()
      await restart(window, beeper)
      await preparing.unknown(window)
      await beeper.control.state('needs-first-sync', { afterMs: 60_000, next: 'ready' })
      await firstSync.shown(window)
      await restart(window, beeper)
      await firstSync.shown(window)
      await beeper.control.step(60_000)
      await home.says(window, 'ready')
      await restart(window, beeper)
      await home.says(window, 'ready')
    },
  )
})
