import { phone } from '../pages/phone.ts'
import {
  authorise,
  code,
  connect,
  connection,
  demo,
  email,
  find,
  firstSync,
  home,
  recoveryKey,
  register,
} from '../pages/screens.ts'
import { readQr } from '../rig/qr.ts'
import { expect, test } from '../rig/test.ts'
import type { Beeper } from '../rig/test.ts'
import type { Page } from '@playwright/test'
import { address, throughRecoveryKey, toRecoveryKey, toRegistration } from './roads.ts'

/** The text that the server wants drawn at this moment. */
async function qrOnServer(beeper: Beeper): Promise<string> {
  const { display } = await beeper.control.session('local-whatsapp')
  return display?.data ?? ''
}

/** From the recovery key's screen to the QR code of WhatsApp. */
async function toQr(window: Page): Promise<void> {
  await throughRecoveryKey(window)
  await firstSync.shown(window)
  await firstSync.goOn(window)
  await connect.shown(window)
  await connect.start(window, 'WhatsApp')
  await connection.chosen(window, /QR/u)
  await connection.showsQr(window, 'WhatsApp')
}

async function connectWhatsApp(window: Page, beeper: Beeper): Promise<void> {
  await toQr(window)
  await beeper.control.scan(await readQr(connection.qr(window)))
  await connection.done(window, 'WhatsApp')
}

test('a new account all the way to a connected WhatsApp', { tag: '@skeleton' }, async ({ desk, beeper }) => {
  const { window } = await desk.start()
  await find.shown(window)
  await toRecoveryKey(window, beeper)
  await toQr(window)

  const first = await readQr(connection.qr(window))
  expect(first).toBe(await qrOnServer(beeper))
  await beeper.control.step(61_000)
  await expect.poll(() => readQr(connection.qr(window)), { message: 'the code on the screen rotates' }).not.toBe(first)
  const second = await readQr(connection.qr(window))
  expect(second).toBe(await qrOnServer(beeper))

  await beeper.control.scan(second)
  await connection.done(window, 'WhatsApp')
  await connection.finish(window)
  await home.shown(window)
  await expect(window.getByText('Ada Example')).toBeVisible()
  expect(await beeper.control.counts()).toMatchObject({
    appSetupResponse: 1,
    appSetupRegister: 1,
    createLoginSession: 1,
    appSetupVerificationRecoveryKeyReset: 1,
  })
})

test(
  'quit and relaunch: Home without a question, with the token of the real keyring',
  { tag: '@skeleton' },
  async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await toRecoveryKey(window, beeper)
    await connectWhatsApp(window, beeper)
    await desk.quit()

    const token = await desk.keyring.readToken(beeper.origin)
    expect(token).toBeTruthy()
    const setup = await fetch(`${beeper.origin}/v1/app/setup`, { headers: { authorization: `Bearer ${token ?? ''}` } })
    expect(setup.status, 'the server takes the token that the keyring holds').toBe(200)

    const again = await desk.start()
    await home.shown(again.window)
    await expect(again.window.getByText('Ada Example')).toBeVisible()
    expect((await beeper.control.calls('appSetupStart')).length, 'nobody was asked to sign in again').toBe(1)
  },
)

test(
  'killed while the code is awaited: the code of the same mail is still good',
  { tag: '@skeleton' },
  async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await find.useFirst(window)
    await email.send(window, address)
    await code.shown(window)
    await expect.poll(() => desk.keyring.readToken(`${beeper.origin}#request`)).toBeTruthy()
    await desk.kill()

    const again = await desk.start()
    await code.shown(again.window)
    await code.enter(again.window, await beeper.control.newestCode(address))
    await register.shown(again.window)
    expect(await beeper.control.counts()).toMatchObject({ appSetupStart: 1, appSetupEmail: 1, appSetupResponse: 1 })
  },
)

test(
  'killed with the registration form open: the address is kept, nothing was registered',
  { tag: '@skeleton' },
  async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await toRegistration(window, beeper)
    await desk.kill()

    const again = await desk.start()
    await email.shown(again.window)
    await expect(email.field(again.window)).toHaveValue(address)
    expect(await beeper.control.calls('appSetupRegister')).toHaveLength(0)
    expect(await beeper.control.calls('appSetupResponse')).toHaveLength(1)
  },
)

test(
  'ONE-1 ONE-2: killed while the registration is on its way: the account exists once, and permission is the way in',
  { tag: '@skeleton' },
  async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await toRegistration(window, beeper)
    await beeper.control.fault({ operation: 'appSetupRegister', hold: true })
    await register.submit(window, 'sam')
    await expect.poll(async () => (await beeper.control.calls('appSetupRegister')).length).toBe(1)
    expect(desk.settings().progress['intents'], 'the intent is on disk before the call').toMatchObject([
      { operation: 'appSetupRegister' },
    ])
    await desk.kill()
    await beeper.control.release('appSetupRegister')

    const again = await desk.start()
    await authorise.shown(again.window)
    await authorise.openBrowser(again.window)
    await expect.poll(() => desk.browser.opened().length).toBe(1)
    await beeper.control.consent(desk.browser.opened()[0] ?? '')
    await recoveryKey.shown(again.window)
    expect(await beeper.control.counts()).toMatchObject({ appSetupResponse: 1, appSetupRegister: 1, oauth_token: 1 })
    await expect.poll(() => desk.settings().progress['intents']).toEqual([])
  },
)

test(
  'ONE-1 ONE-2: killed while the QR code shows: the same session goes on',
  { tag: '@skeleton' },
  async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await toRecoveryKey(window, beeper)
    await toQr(window)
    await desk.kill()

    const again = await desk.start()
    await expect
      .poll(async () => {
        // First sync has a screen of its own as long as it lasts; from there the way is one click.
        if (await again.window.getByRole('heading', { name: 'Your messages are coming in' }).isVisible())
          await firstSync.goOn(again.window)
        return again.window.getByRole('heading', { level: 1 }).innerText()
      })
      .toMatch(/Scan this with|Bring your chats together/u)
    await connection.showsQr(again.window, 'WhatsApp')
    await beeper.control.scan(await readQr(connection.qr(again.window)))
    await connection.done(again.window, 'WhatsApp')
    expect(await beeper.control.counts()).toMatchObject({
      createLoginSession: 1,
      appSetupRegister: 1,
      appSetupVerificationRecoveryKeyReset: 1,
    })
  },
)

test.describe('without a server at first', () => {
  test.use({ isAbsent: true })

  test('Beeper is absent, then started: the app notices by itself', { tag: '@skeleton' }, async ({ desk, beeper }) => {
    const { window } = await desk.start()
    await find.shown(window)
    await expect(find.nothingYet(window)).toBeVisible()
    await beeper.start()
    await find.useFirst(window)
    await email.shown(window)
  })
})

test.describe('in the demo world', () => {
  test.use({ isAbsent: true })

  test(
    'the demo from the button to a connected WhatsApp, played on its phone',
    { tag: '@skeleton' },
    async ({ desk }) => {
      const { app, window } = await desk.start()
      await find.startDemo(window)
      await email.shown(window)
      await expect(demo.banner(window)).toBeVisible()
      await email.send(window, address)
      await code.shown(window)
      const [phonePage] = await Promise.all([app.waitForEvent('window'), demo.openPhone(window)])
      await code.enter(window, await phone.code(phonePage))
      await register.shown(window)
      await register.submit(window, 'sam')
      await recoveryKey.shown(window)
      await toQr(window)
      await phone.scan(phonePage)
      await connection.done(window, 'WhatsApp')
      await connection.finish(window)
      await home.shown(window)
      expect(
        await desk.keyring.readToken('http://127.0.0.1'),
        'nothing of the demo reaches the keychain',
      ).toBeUndefined()
      expect(desk.settings().progress, 'nor the disk').toEqual({
        servers: [],
        isFirstRunDone: false,
        intents: [],
        sessions: [],
      })
    },
  )
})
