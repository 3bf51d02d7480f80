// Copies of the key that the person makes, and what else goes over the clipboard. There is one clipboard for the whole screen, so
// these run one after the other.
import type { Page } from '@playwright/test'
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { en } from '#messages/en'
import { recoveryKey } from '../pages/screens.ts'
import { details, keyEntry, scanner, unlock, verification, verify } from '../pages/secure.ts'
import { codePicture } from '../rig/camera-picture.ts'
import { bringForward, clipboard, printer, saveAt } from '../rig/desktop.ts'
import { expect, test } from '../rig/test.ts'
import type { Beeper } from '../rig/test.ts'
import { security, signedIn, throughFirstSync, toChoosing } from './security-roads.ts'

test.describe.configure({ mode: 'default' })

const words = en.recoveryKey
const button = (window: Page, name: string) => window.getByRole('button', { name, exact: true })

test.describe('a new key', () => {
  test.use({ scenario: 'needs-cross-signing-setup' })

  /** @returns the key as it is shown */
  async function toKey(window: Page): Promise<string> {
    await recoveryKey.shown(window)
    await recoveryKey.create(window)
    return (await recoveryKey.show(window)).join(' ')
  }

  /** Nothing of the key stays behind on the screen. */
  async function adopt(window: Page, key: string, beeper: Beeper): Promise<void> {
    await recoveryKey.prove(window, key.split(' '))
    await throughFirstSync(window, beeper)
  }

  test(
    'ONE-5: a copied key leaves the clipboard after a minute; what is there by then stays',
    security,
    async ({ desk, beeper }) => {
      const { app, window } = await signedIn(desk, beeper)
      const key = await toKey(window)
      await button(window, words.copy).click()
      await expect(window.getByText(words.copied)).toBeVisible()
      expect(await clipboard.text(app)).toBe(key)
      expect(await bringForward(app, 60_000)).toBe(1)
      await expect.poll(() => clipboard.text(app)).toBe('')

      await button(window, words.copy).click()
      await expect.poll(() => clipboard.text(app)).toBe(key)
      await clipboard.put(app, 'a note of the person')
      expect(await bringForward(app, 60_000)).toBe(1)
      await adopt(window, key, beeper)
      expect(await clipboard.text(app)).toBe('a note of the person')
    },
  )

  test('ONE-5: a copied key leaves the clipboard when the app is quit', security, async ({ desk, beeper }) => {
    const { app, window } = await signedIn(desk, beeper)
    const key = await toKey(window)
    await button(window, words.copy).click()
    await expect.poll(() => clipboard.text(app)).toBe(key)
    await adopt(window, key, beeper)
    expect(await clipboard.text(app), 'a minute is not over').toBe(key)
    // What a program has put there goes with it on X11 in any case: that it is taken away before is heard here.
    await app.evaluate(({ clipboard: system }) => {
      const clear = system.clear.bind(system)
      system.clear = () => {
        clear()
        process.stdout.write('the clipboard was cleared\n')
      }
    })
    await desk.quit()
    expect(desk.output.join('')).toContain('the clipboard was cleared')
  })

  test('ONE-5: a saved key is a file for the person alone', security, async ({ desk, beeper }) => {
    const { app, window } = await signedIn(desk, beeper)
    const key = await toKey(window)
    await saveAt(app, undefined)
    await button(window, words.save).click()
    await expect(window.getByText(words.saved)).toBeHidden()
    await saveAt(app, join(desk.documents, 'nowhere', 'key.txt'))
    await button(window, words.save).click()
    await expect(window.getByText(en.problems['security.save-failed'].title)).toBeVisible()

    const file = join(desk.documents, 'key.txt')
    // One that anybody could read is replaced, not written into.
    writeFileSync(file, 'older', { mode: 0o644 })
    await saveAt(app, file)
    await button(window, words.save).click()
    await expect(window.getByText(words.saved)).toBeVisible()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toBe(en.native.saveRecoveryKey.contents(key))
    expect(readdirSync(desk.documents)).toEqual(['key.txt'])
    await adopt(window, key, beeper)
  })

  test(
    'what is printed is the sheet and nothing else, and the key is in the page only so long',
    security,
    async ({ desk, beeper }) => {
      const { app, window } = await signedIn(desk, beeper)
      const key = await toKey(window)
      await printer.connect(app)
      await button(window, words.print).click()
      await expect.poll(() => printer.isAsked(app)).toBe(true)
      await window.emulateMedia({ media: 'print' })
      const sheet = window.getByRole('article').filter({ hasText: en.keySheet.purpose })
      await expect(sheet).toBeVisible()
      expect((await sheet.getByRole('listitem').locator('code').allInnerTexts()).join(' ')).toBe(key)
      await expect(sheet).toContainText('@sam:beeper.com')
      const printed = await window.evaluate(() => document.body.innerText)
      expect(printed.trim()).toBe((await sheet.innerText()).trim())
      expect(await printer.sheets(app)).toBe(1)
      await window.emulateMedia({ media: null })
      await printer.answer(app, true)
      await expect(window.getByText(words.printed)).toBeVisible()
      await expect(sheet).toHaveCount(0)

      await button(window, words.print).click()
      await expect.poll(() => printer.isAsked(app)).toBe(true)
      await printer.answer(app, false, 'Print job canceled')
      await expect(sheet).toHaveCount(0)
      await expect(window.getByText(words.printed)).toBeHidden()
      await button(window, words.print).click()
      await expect.poll(() => printer.isAsked(app)).toBe(true)
      await printer.answer(app, false, 'Print job failed')
      await expect(window.getByText(en.problems['security.print-failed'].title)).toBeVisible()
      await adopt(window, key, beeper)
    },
  )
})

test.describe('on the clipboard', () => {
  test.use({ scenario: 'needs-verification' })

  test('the phone’s code of bytes, in a picture that is pasted', security, async ({ desk, beeper }) => {
    await beeper.control.wire({ codes: 'bytes' })
    const { app, window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await toChoosing(window, beeper)
    await scanner.open(window)
    await clipboard.putPicture(app, codePicture(await beeper.control.peerCode()))
    await window.keyboard.press('ControlOrMeta+V')
    await verification.read(window)
    await beeper.control.verification('confirm')
    await throughFirstSync(window, beeper)
  })

  test(
    'the phone’s code as text is shown before it is sent; a code that nobody shows is no end',
    security,
    async ({ desk, beeper }) => {
      const { app, window } = await signedIn(desk, beeper)
      await verify.shown(window)
      await toChoosing(window, beeper)
      await scanner.open(window)
      await scanner.useText(window, 'MATRIX and something that nobody shows')
      await expect(window.getByText(en.problems['security.code-not-read'].title)).toBeVisible()
      await scanner.shown(window)
      await scanner.again(window)
      const code = await beeper.control.peerCode()
      await clipboard.put(app, ` ${code}\n`)
      await window.keyboard.press('ControlOrMeta+V')
      await expect(window.getByLabel(en.verification.scanner.textLabel)).toHaveValue(code)
      expect(await beeper.control.calls('appSetupVerificationsQRScan')).toHaveLength(1)
      await button(window, en.verification.scanner.textSend).click()
      await verification.read(window)
      await beeper.control.verification('confirm')
      await throughFirstSync(window, beeper)
    },
  )

  test('the whole file with a key in it means the key', security, async ({ desk, beeper }) => {
    const { app, window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await unlock.open(window)
    const key = (await beeper.control.snapshot()).signedIn?.recoveryKey ?? ''
    await clipboard.put(app, en.native.saveRecoveryKey.contents(key).replaceAll('\n', '\r\n'))
    await window.keyboard.press('ControlOrMeta+V')
    await expect(keyEntry.field(window)).toHaveValue(key)
    await keyEntry.submit(window)
    await throughFirstSync(window, beeper)
  })

  test('details: each flag as the server says it, and all of them copied', security, async ({ desk, beeper }) => {
    await beeper.control.setup({ e2ee: { keyBackup: false, secrets: { megolmBackupKey: true } } })
    const { app, window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await details.open(window)
    const { e2ee } = beeper.world.state()
    const { secrets: keys, recoveryKeyGeneratedAt = 0, ...flags } = e2ee
    const said = await details.says(window)
    const yes = (flag: boolean): string => (flag ? en.encryption.yes : en.encryption.no)
    const ofKeys = Object.entries(keys).map(([name, flag]) => [`secrets.${name}`, flag] as const)
    expect(said).toEqual({
      state: 'needs-verification',
      userID: '@ada:beeper.com',
      recoveryKeyGeneratedAt: en.encryption.day(recoveryKeyGeneratedAt),
      ...Object.fromEntries([...Object.entries(flags), ...ofKeys].map(([name, flag]) => [name, yes(flag)])),
    })
    await window.getByRole('button', { name: en.common.copyDetails }).click()
    await expect(window.getByRole('button', { name: en.common.copied })).toBeVisible()
    const copied = (await clipboard.text(app)).split('\n')
    for (const [name, flag] of [...Object.entries(flags), ...ofKeys])
      expect(copied).toContain(`${name}: ${String(flag)}`)
    expect(copied).toContain('state: needs-verification')
    // They follow what is read.
    await beeper.control.state('needs-account-migration')
    await expect.poll(async () => (await details.says(window))['state']).toBe('needs-account-migration')
  })
})
