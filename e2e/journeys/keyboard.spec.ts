// The whole road with the keyboard alone: every control is reached by Tab and pressed by Enter or Space.
import { expect } from '@playwright/test'
import { en } from '#messages/en'
import { press, tabTo } from '../pages/keyboard.ts'
import { code, connection, email, find, firstSync, home, recoveryKey, register } from '../pages/screens.ts'
import { readQr } from '../rig/qr.ts'
import { test } from '../rig/test.ts'
import { address } from './roads.ts'

test('from Find Beeper to Home without a mouse', { tag: '@skeleton' }, async ({ desk, beeper }) => {
  const { window } = await desk.start()
  await find.shown(window)
  await press(window, /^Sign in to /u)

  await email.shown(window)
  await expect(email.field(window), 'the field has the focus at once').toBeFocused()
  await window.keyboard.type(address)
  await window.keyboard.press('Enter')

  await code.shown(window)
  await expect(window.getByLabel(en.code.label)).toBeFocused()
  await window.keyboard.type(await beeper.control.newestCode(address))

  await register.shown(window)
  await expect(window.getByLabel(en.register.label)).toBeFocused()
  await window.keyboard.type('sam')
  await tabTo(window, window.getByRole('checkbox'))
  await window.keyboard.press('Space')
  await press(window, /^(Continue|Create account)$/u)

  await recoveryKey.shown(window)
  await press(window, en.recoveryKey.create)
  await expect(window.getByRole('heading', { name: en.recoveryKey.showTitle })).toBeVisible()
  await press(window, en.recoveryKey.show, 'Space')
  const groups = await recoveryKey.groups(window)
  await press(window, en.recoveryKey.haveSaved)
  const field = recoveryKey.groupField(window)
  await expect(field).toBeFocused()
  await window.keyboard.type(groups[(await recoveryKey.askedFor(window)) - 1] ?? '')
  await window.keyboard.press('Enter')

  await firstSync.shown(window)
  await press(window, en.firstSync.continue)
  await press(window, en.connect.addNamed('WhatsApp'))
  await press(window, /^QR/u)
  await connection.showsQr(window, 'WhatsApp')
  await beeper.control.scan(await readQr(connection.qr(window)))
  await connection.done(window, 'WhatsApp')
  await press(window, en.connect.done)
  await home.shown(window)
})
