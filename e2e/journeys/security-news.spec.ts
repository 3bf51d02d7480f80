// How news arrives, or does not: late, twice, never, and after sleep. What is shown is always what was read.
import type { Page } from '@playwright/test'
import { en } from '#messages/en'
import { firstSync, home } from '../pages/screens.ts'
import { keyEntry, preparing, requests, scanner, secrets, unlock, verification, verify } from '../pages/secure.ts'
import { bringForward, sleep, wake } from '../rig/desktop.ts'
import { expect, test } from '../rig/test.ts'
import type { Beeper } from '../rig/test.ts'
import { count, phone, security, signedIn, throughFirstSync, toChoosing, toComparing } from './security-roads.ts'

test.use({ scenario: 'needs-verification' })

/** News arrives by itself, so that reading is rare. */
async function listening({ control }: Beeper): Promise<void> {
  await expect.poll(async () => (await control.snapshot()).sockets).toBe(1)
}

test('late and doubled events move no screen', security, async ({ desk, beeper }) => {
  const { control } = beeper
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await listening(beeper)
  await control.events({ isDoubled: true, delayMs: 200 })
  await toComparing(window, beeper)
  const reads = await count(beeper, 'appSetupRetrieve')
  for (const state of ['ready', 'needs-secrets', 'needs-cross-signing-setup', 'never-heard-of'])
    expect(await control.staleState(state)).toBe(1)
  await control.repeatEvent('verification.updated')
  await control.frame('no JSON at all')
  await control.frame({ type: 'verification.updated', verification: { id: 7 } })
  await control.frame({ type: 'verification.removed' })
  await control.frame({ type: 'chat.upserted', chat: { id: 'x' } })
  // Each was a reason to look, and nothing more.
  await expect.poll(() => count(beeper, 'appSetupRetrieve')).toBeGreaterThan(reads)
  await verification.comparing(window)
  await verification.match(window).click()
  await control.verification('confirm')
  await throughFirstSync(window, beeper)
  expect(await control.staleState('needs-verification')).toBe(1)
  expect(await control.staleState('needs-login')).toBe(1)
  await home.says(window, 'ready')
  expect(await count(beeper, 'appSetupVerificationsSASConfirm')).toBe(1)
})

test('a muted channel: the slow look finds each step', security, async ({ desk, beeper }) => {
  const { control } = beeper
  const { app, window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await listening(beeper)
  await control.events({ isMuted: true })
  /** What main looks after by itself, in 15 s while it listens. */
  const look = () => bringForward(app, 15_000)
  await verify.askDevice(window)
  await verification.asking(window)
  await control.verification('accept')
  await look()
  await verification.choosing(window)
  await control.verification('startEmoji')
  await look()
  await verification.comparing(window)
  await verification.match(window).click()
  await expect(verification.waits(window, phone)).toBeVisible()
  await control.requestVerification()
  await look()
  await expect(requests.all(window)).toHaveCount(1)
  await control.verification('cancel')
  await control.verification('confirm')
  await look()
  await firstSync.shown(window)
  await control.step(4_000)
  await look()
  await home.says(window, 'ready')
})

test('without a socket: the screens follow all the same', security, async ({ desk, beeper }) => {
  await beeper.control.fault({ operation: 'connectEvents', status: 404 })
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await toComparing(window, beeper)
  expect((await beeper.control.snapshot()).sockets).toBe(0)
  await verification.match(window).click()
  await beeper.control.verification('confirm')
  await throughFirstSync(window, beeper)
})

test('answers without the verification in them: it is read', security, async ({ desk, beeper }) => {
  await beeper.control.wire({ verifications: 'asked' })
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await toComparing(window, beeper)
  await verification.match(window).click()
  await beeper.control.verification('confirm')
  await throughFirstSync(window, beeper)
})

test(
  'answers that got lost after their effect are settled by reading, each step once',
  security,
  async ({ desk, beeper }) => {
    const operations = [
      'appSetupVerificationsCreate',
      'appSetupVerificationsSASStart',
      'appSetupVerificationsSASConfirm',
    ] as const
    for (const operation of operations) await beeper.control.fault({ operation, dropAfterEffect: true, times: 1 })
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await toComparing(window, beeper)
    await verification.match(window).click()
    await beeper.control.verification('confirm')
    await throughFirstSync(window, beeper)
    for (const operation of operations) expect(await count(beeper, operation), operation).toBe(1)
  },
)

/** What happens while the computer sleeps is only read afterwards: the socket looks alive and says nothing. */
async function whileAsleep(
  app: Parameters<typeof sleep>[0],
  { control }: Beeper,
  happens: () => Promise<unknown>,
): Promise<void> {
  await control.events({ isMuted: true })
  await sleep(app)
  await happens()
  await wake(app)
  await control.events({ isMuted: false })
}

test('RUN-4: sleep in each wait for another device, and while messages come in', security, async ({ desk, beeper }) => {
  const { control } = beeper
  const { app, window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await listening(beeper)
  await verify.askDevice(window)
  await verification.asking(window)
  await whileAsleep(app, beeper, () => control.verification('accept'))
  await verification.choosing(window)
  await verification.compare(window)
  await verification.match(window).click()
  await expect(verification.waits(window, phone)).toBeVisible()
  await control.setup({ isHeld: true })
  await whileAsleep(app, beeper, async () => {
    await control.verification('confirm')
    await control.dropSockets()
  })
  await verification.settling(window)
  await whileAsleep(app, beeper, () => control.setup({ isHeld: false }))
  await firstSync.shown(window)
  await whileAsleep(app, beeper, () => control.step(4_000))
  await home.says(window, 'ready')
  await whileAsleep(app, beeper, () => control.requestVerification())
  await expect(requests.all(window)).toHaveCount(1)
})

test(
  'RUN-4: a night passes with a question open: it took too long, and the next one works',
  security,
  async ({ desk, beeper }) => {
    const { control } = beeper
    const { app, window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await toComparing(window, beeper)
    await whileAsleep(app, beeper, async () => {
      await control.step(8 * 3_600_000)
      await control.dropSockets()
    })
    // The server no longer lists what ended hours ago.
    await verification.ended(window, 'gone')
    await verification.again(window).click()
    await verification.asking(window)
    await control.verification('accept')
    await verification.choosing(window)
    const code = await control.peerCode()
    await scanner.open(window)
    await whileAsleep(app, beeper, () => control.dropSockets())
    await scanner.shown(window)
    await scanner.useText(window, code)
    await verification.read(window)
    await whileAsleep(app, beeper, () => control.verification('confirm'))
    await throughFirstSync(window, beeper)
  },
)

test(
  'RUN-4: sleep while a key is checked, while it has opened nothing yet, and while keys are missing',
  security,
  async ({ desk, beeper }) => {
    const { control } = beeper
    const { app, window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await unlock.open(window)
    const key = (await control.snapshot()).signedIn?.recoveryKey ?? ''
    await control.fault({ operation: 'appSetupVerificationRecoveryKey', holdAnswer: true, times: 1 })
    await control.setup({ isHeld: true })
    await keyEntry.send(window, key)
    await expect(window.getByText(en.keyEntry.checking)).toBeVisible()
    await whileAsleep(app, beeper, () => control.release('appSetupVerificationRecoveryKey'))
    await expect(window.getByText(en.keyEntry.accepted)).toBeVisible()
    await whileAsleep(app, beeper, () => control.state('needs-secrets'))
    await secrets.shown(window)
    await whileAsleep(app, beeper, () => control.state('initializing'))
    await preparing.shown(window)
    await whileAsleep(app, beeper, () => control.state('needs-account-migration'))
    await preparing.unknown(window)
    await whileAsleep(app, beeper, () => control.state('ready'))
    await home.says(window, 'ready')
  },
)

test('any state at any moment: the screen is the one that the server means', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  const screens: readonly (readonly [state: string, shown: (page: Page) => Promise<void>])[] = [
    ['needs-secrets', secrets.shown],
    ['initializing', preparing.shown],
    ['needs-verification', verify.shown],
    ['needs-first-sync', firstSync.shown],
    ['needs-account-migration', preparing.unknown],
    ['ready', (page) => home.says(page, 'ready')],
    ['needs-secrets', secrets.shown],
    [
      'needs-cross-signing-setup',
      (page) => expect(page.getByRole('button', { name: en.recoveryKey.create })).toBeVisible(),
    ],
    ['needs-verification', verify.shown],
  ]
  for (const [state, shown] of screens) {
    await beeper.control.state(state)
    await shown(window)
  }
  await toChoosing(window, beeper)
  await beeper.control.state('needs-first-sync', { afterMs: 4_000, next: 'ready' })
  await throughFirstSync(window, beeper)
})
