// Walks the demo as a person does, and stops where the demo does not lead to show the other screens.
import { en } from '#messages/en'
import { address, throughRecoveryKey } from '../journeys/roads.ts'
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
import { expect, test } from '../rig/test.ts'
import { camera, phoneSizes } from './camera.ts'

test.use({ seed: 1 })

test.describe('the demo', () => {
  test.use({ isAbsent: true })

  test('from the first screen to Home', async ({ desk }) => {
    const { app, window } = await desk.start()
    const shoot = camera(app, window)
    await expect(find.nothingYet(window)).toBeVisible()
    await shoot('01-find-nothing')
    await find.startDemo(window)
    await email.shown(window)
    await shoot('02-email')
    await email.send(window, address)
    await code.shown(window)
    await shoot('03-code')
    const [phonePage] = await Promise.all([app.waitForEvent('window'), demo.openPhone(window)])
    const shootPhone = camera(app, phonePage, phoneSizes)
    const theirs = await phone.code(phonePage)
    await shootPhone('15-demo-phone-mail')
    await code.enter(window, theirs)
    await register.shown(window)
    await window.getByLabel(en.register.label).fill('sam')
    await shoot('04-create-account')
    await register.submit(window, 'sam')
    await recoveryKey.shown(window)
    await shoot('05-recovery-key')
    await recoveryKey.create(window)
    await expect(window.getByRole('heading', { name: en.recoveryKey.showTitle })).toBeVisible()
    await shoot('06-recovery-key-hidden')
    const groups = await recoveryKey.show(window)
    await shoot('07-recovery-key-shown')
    await window.getByRole('button', { name: en.recoveryKey.haveSaved }).click()
    await shoot('08-recovery-key-proof')
    await window.getByRole('button', { name: en.recoveryKey.backToKey }).click()
    await recoveryKey.prove(window, groups)
    await firstSync.shown(window)
    await shoot('09-first-sync')
    await firstSync.goOn(window)
    await connect.shown(window)
    await expect(window.getByRole('button', { name: en.connect.addNamed('WhatsApp') })).toBeVisible()
    await shoot('10-connect-chats')
    await connect.start(window, 'WhatsApp')
    await expect(window.getByRole('button', { name: /QR/u })).toBeVisible()
    await shoot('11-connection-choice')
    await connection.chosen(window, /QR/u)
    await connection.showsQr(window, 'WhatsApp')
    await shoot('12-connection-qr')
    await phone.openChats(phonePage)
    await shootPhone('16-demo-phone-chats')
    await phone.scan(phonePage)
    await connection.done(window, 'WhatsApp')
    await shoot('13-connection-done')
    await connection.finish(window)
    await home.shown(window)
    await expect(window.getByText(en.home.status.connected, { exact: true })).toBeVisible()
    await shoot('14-home')
  })
})

test.describe('beside the demo', () => {
  test('Beeper found, a code refused, a form', async ({ desk, beeper }) => {
    const { app, window } = await desk.start()
    const shoot = camera(app, window)
    await expect(window.getByRole('button', { name: /^Sign in to /u })).toBeVisible()
    await shoot('20-find')
    await find.useFirst(window)
    await email.shown(window)
    await email.send(window, address)
    await code.shown(window)
    await code.enter(window, '000000')
    await expect(window.getByRole('alert')).toBeVisible()
    await shoot('21-code-refused')
    await code.enter(window, await beeper.control.newestCode(address))
    await register.shown(window)
    await register.submit(window, 'sam')
    await recoveryKey.shown(window)
    await throughRecoveryKey(window)
    await firstSync.shown(window)
    await firstSync.goOn(window)
    await connect.start(window, 'Telegram')
    await connection.chosen(window, /Phone Number/u)
    await expect(window.getByLabel('Phone number')).toBeVisible()
    await shoot('22-connection-form')
  })
})

test.describe('signed in elsewhere', () => {
  test.use({ scenario: 'signed-in-elsewhere' })

  test('permission in the browser', async ({ desk, beeper }) => {
    const { app, window } = await desk.start()
    const shoot = camera(app, window)
    await find.useFirst(window)
    await authorise.shown(window)
    await shoot('23-authorise')
    await authorise.openBrowser(window)
    await expect(window.getByRole('heading', { name: en.authorise.waitingTitle })).toBeVisible()
    await shoot('24-authorise-waiting')
    await expect.poll(() => desk.browser.opened().length).toBe(1)
    await beeper.control.consent(desk.browser.opened()[0] ?? '')
    await expect(window.getByRole('heading', { name: en.authorise.waitingTitle })).toBeHidden()
    await desk.quit()
    await beeper.stop()
    const again = await desk.start()
    await expect(again.window.getByRole('heading', { name: en.unreachable.title })).toBeVisible()
    await camera(again.app, again.window)('25-unreachable')
  })
})

test.describe('an account that exists', () => {
  test.use({ scenario: 'existing-account' })

  test('showing that it is you', async ({ desk, beeper }) => {
    const { app, window } = await desk.start()
    const shoot = camera(app, window)
    await find.useFirst(window)
    await email.send(window, 'ada@example.com')
    await code.shown(window)
    await code.enter(window, await beeper.control.newestCode('ada@example.com'))
    await expect(window.getByRole('heading', { name: en.verify.title })).toBeVisible()
    await shoot('26-verify')
  })
})
