import type { ElectronApplication, Page } from '@playwright/test'
import { en } from '#messages/en'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { address, finishNewAccount, toRegistration } from '../journeys/roads.ts'
import { keychain as chooser, email, find, home, recoveryKey, register } from '../pages/screens.ts'
import type { Desk } from '../rig/desk.ts'
import { watchLag } from '../rig/main-process.ts'
import { expect, test } from '../rig/test.ts'
import type { Beeper } from '../rig/test.ts'

const mostLagMs = 300
const inWords = { timeout: 10_000 }
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** The process that talks to the keychain, if there is one. */
async function vaultPid(app: ElectronApplication): Promise<number | undefined> {
  const metrics = await app.evaluate(({ app: electron }) => electron.getAppMetrics())
  return metrics.find(({ name }) => name === 'Drawbridge vault')?.pid
}

const holdsKeytar = (pid: number | undefined): boolean =>
  readFileSync(`/proc/${String(pid)}/maps`, 'utf8').includes('keytar')

/** The newest account token that the server has given out. */
function tokenOf(beeper: Beeper): string {
  const token = beeper.world.tokens.all().findLast(({ source }) => source === 'account')
  if (token === undefined) throw new Error('the server has given out no token')
  return token.value
}

/** The files under a folder that hold a text, as it is or in a coding that hides it from no one. */
function filesWith(folder: string, text: string): readonly string[] {
  const bytes = Buffer.from(text)
  const forms = [bytes, Buffer.from(text, 'utf16le'), ...['base64', 'hex'].map((coding) => codedBytes(bytes, coding))]
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .filter((file) => {
      const held = readFileSync(file)
      return forms.some((form) => held.includes(form))
    })
}

/** Without its end, which depends on what follows. */
function codedBytes(bytes: Buffer, coding: string): Buffer {
  const coded = bytes.toString(coding as BufferEncoding)
  return Buffer.from(coded.slice(0, coded.length - 4))
}

function expectNothingKept(desk: Desk, token: string): void {
  expect(filesWith(desk.profile, address), 'the sweep finds what is there').not.toEqual([])
  expect(filesWith(desk.profile, token)).toEqual([])
  expect(desk.output.join('')).not.toContain(token)
}

test(
  'KEY-1 KEY-4: the keychain is met in a process of its own, started late, and what it was given is really there',
  { tag: '@guards' },
  async ({ desk, beeper }) => {
    const { app, window } = await desk.start()
    await find.shown(window)
    expect(await vaultPid(app), 'not before it is needed').toBeUndefined()
    await toRegistration(window, beeper)
    await register.submit(window, 'sam')
    await recoveryKey.shown(window)
    const vault = await vaultPid(app)
    expect(vault).toBeDefined()
    expect([holdsKeytar(vault), holdsKeytar(app.process().pid)], 'the library is there, and not in main').toEqual([
      true,
      false,
    ])

    expect(await desk.keyring.readToken(beeper.origin), 'as another process reads it').toBe(tokenOf(beeper))
    expect(desk.server(beeper.origin)).toHaveProperty('marker')
    expectNothingKept(desk, tokenOf(beeper))
  },
)

test('KEY-2: the calls that crash on a locked keyring are nowhere in the app', { tag: '@guards' }, () => {
  const out = join(import.meta.dirname, '..', '..', 'out')
  expect(filesWith(out, 'getPassword'), 'the search finds what is there').not.toEqual([])
  for (const name of ['findCredentials', 'findPassword']) expect(filesWith(out, name)).toEqual([])
})

for (const [keychain, why] of [
  ['no-provider', 'a bus on which nobody keeps secrets'],
  ['no-bus', 'no message bus at all'],
] as const)
  test.describe(why, () => {
    test.use({ keychain })

    test(
      `KEY-5: with ${why} the person chooses; to go on without keeping it leads on and leaves nothing on the disk`,
      { tag: '@guards' },
      async ({ desk, beeper }) => {
        const { app, window } = await desk.start()
        const longestStop = await watchLag(app)
        await find.useFirst(window)
        await chooser.shown(window, 'probe')
        await expect(chooser.says(window, 'keychain.missing')).toBeVisible(inWords)
        await chooser.retry(window).click()
        await expect(chooser.says(window, 'keychain.missing')).toBeVisible(inWords)
        await chooser.thisRun(window).click()
        await email.shown(window)
        await finishNewAccount(window, beeper)
        expect(desk.server(beeper.origin), 'nothing is said to be saved').not.toHaveProperty('marker')
        expect(await longestStop()).toBeLessThan(mostLagMs)
        await desk.quit()
        expectNothingKept(desk, tokenOf(beeper))
      },
    )
  })

test.describe('a locked keyring', () => {
  test.use({ keychain: 'locked' })

  test(
    'KEY-1 KEY-5: a locked keyring is said to wait after 3 s, main goes on, and so may the person',
    { tag: '@guards' },
    async ({ desk, beeper }) => {
      const { app, window } = await desk.start()
      const longestStop = await watchLag(app)
      await find.useFirst(window)
      await chooser.shown(window, 'probe')
      await expect(chooser.says(window, 'keychain.locked')).toBeVisible(inWords)
      await chooser.thisRun(window).click()
      await email.shown(window)
      await finishNewAccount(window, beeper)
      expect(await longestStop()).toBeLessThan(mostLagMs)
      const vault = await vaultPid(app)
      await desk.quit()
      expect(() => process.kill(vault ?? 0, 0), 'the process that waits does not outlive the app').toThrow('ESRCH')
      expectNothingKept(desk, tokenOf(beeper))
    },
  )
})

test.describe('with a saved sign-in', () => {
  test.use({ scenario: 'ready' })

  async function remember(desk: Desk, beeper: Beeper): Promise<string> {
    const token = await beeper.control.token({ source: 'account' })
    await desk.rememberSignIn(beeper.origin, token)
    return token
  }

  test(
    'KEY-3 KEY-6: a keyring that is locked at launch is waited for in words; nobody is signed out, nothing is deleted',
    { tag: '@guards' },
    async ({ desk, beeper }) => {
      const token = await remember(desk, beeper)
      await desk.keyring.lock()
      const { app, window } = await desk.start()
      const longestStop = await watchLag(app)
      await expect(window.getByText(en.starting.keychainSlow('linux'))).toBeVisible(inWords)
      await expect(button(window, en.starting.chooseOther)).toBeVisible()
      expect(await longestStop()).toBeLessThan(mostLagMs)
      expect(await beeper.control.calls(), 'nothing was asked of the server without the token').toEqual([])
      expect(desk.server(beeper.origin)).toHaveProperty('marker')

      desk.keyring.dismiss()
      await expect(heading(window, en.keychain.readTitle)).toBeVisible(inWords)
      expect(await beeper.control.calls()).toEqual([])
      await expect(window.getByText(en.keychain.problems.linux['keychain.empty'].title)).toBeVisible()
      await desk.keyring.unlock()
      await button(window, en.keychain.retry).click()
      await home.shown(window)
      expect(await desk.keyring.readToken(beeper.origin)).toBe(token)
      expect(await beeper.control.calls('appSetupStart')).toEqual([])
    },
  )

  test(
    'KEY-3: a marker without an entry is a locked or removed one: the screen says so and offers to sign in again',
    { tag: '@guards' },
    async ({ desk, beeper }) => {
      await desk.rememberSignIn('http://127.0.0.1:1', 'another')
      const token = await beeper.control.token({ source: 'account' })
      await desk.rememberSignIn(beeper.origin, token)
      await desk.keyring.remove(beeper.origin)
      const { window } = await desk.start()
      await expect(heading(window, en.keychain.readTitle)).toBeVisible(inWords)
      await expect(window.getByText(en.keychain.problems.linux['keychain.empty'].title)).toBeVisible()
      expect(desk.server(beeper.origin)).toHaveProperty('marker')
      expect(await desk.keyring.readToken('http://127.0.0.1:1'), 'other entries stay').toBe('another')
      await button(window, en.keychain.signInAgain).click()
      await expect(heading(window, en.authorise.title)).toBeVisible(inWords)
    },
  )

  test(
    'KEY-6: a refused token is no longer used but stays in the keychain until there is a new one',
    { tag: '@guards' },
    async ({ desk, beeper }) => {
      const token = await remember(desk, beeper)
      await beeper.control.revoke({ token })
      const { window } = await desk.start()
      await expect(heading(window, en.authorise.title)).toBeVisible(inWords)
      expect(await desk.keyring.readToken(beeper.origin)).toBe(token)
    },
  )
})
