import { en } from '#messages/en'
import { authorise, connect, connection, find, home, settings } from '../pages/screens.ts'
import { expect, test } from '../rig/test.ts'

const account = { tag: '@account' }

test.use({ scenario: 'ready' })

test('signed out here only, and in again', account, async ({ desk, beeper }) => {
  const token = await beeper.control.token({ source: 'oauth' })
  await desk.rememberSignIn(beeper.origin, token, { source: 'oauth' })
  const { window } = await desk.start()
  await home.shown(window)
  await settings.open(window)
  await window.getByRole('button', { name: en.settings.signOut, exact: true }).click()
  for (const words of [...en.signOut.goes, ...en.signOut.stays]) await expect(window.getByText(words)).toBeVisible()
  await window.getByRole('button', { name: en.signOut.cancel, exact: true }).click()
  await settings.shown(window)

  await settings.signOut(window, 'here')
  await find.shown(window)
  expect(await desk.keyring.readToken(beeper.origin)).toBeUndefined()
  expect(desk.server(beeper.origin)).not.toHaveProperty('marker')
  expect(
    beeper.world.tokens.all().map(({ value }) => value),
    'Beeper still lists it',
  ).toContain(token)

  await find
    .row(window, String(beeper.port))
    .getByRole('button', { name: /^Continue with/u })
    .click()
  await authorise.shown(window)
  await authorise.openBrowser(window)
  await expect.poll(() => desk.browser.opened().length).toBe(1)
  await beeper.control.consent(desk.browser.opened()[0] ?? '')
  await home.shown(window)
  expect(await desk.keyring.readToken(beeper.origin)).toBeTruthy()
})

test(
  'signed out here and at the server; a connection that is half done is called off',
  account,
  async ({ desk, beeper }) => {
    const token = await beeper.control.token({ source: 'oauth' })
    await desk.rememberSignIn(beeper.origin, token, { source: 'oauth' })
    const { window } = await desk.start()
    await home.shown(window)
    await window.getByRole('button', { name: en.home.add }).click()
    await connect.start(window, 'Signal')
    await connection.showsQr(window, 'Signal')
    await desk.startAgain('--go=settings')
    await settings.shown(window)
    await settings.signOut(window, 'everywhere')
    await find.shown(window)
    expect(beeper.world.tokens.all().map(({ value }) => value)).not.toContain(token)
    expect(await beeper.control.calls('cancelLoginSession')).toHaveLength(1)
    expect(await desk.keyring.readToken(beeper.origin)).toBeUndefined()
    await expect(beeper.control.session('local-signal')).rejects.toThrow()
  },
)

test('a server that cannot be asked: signed out here, and the rest is said', account, async ({ desk, beeper }) => {
  const token = await beeper.control.token({ source: 'oauth' })
  await desk.rememberSignIn(beeper.origin, token, { source: 'oauth' })
  const { window } = await desk.start()
  await home.shown(window)
  await beeper.control.oauth({ hasRevocation: false })
  await settings.open(window)
  await settings.signOut(window, 'everywhere')
  await find.shown(window)
  await expect(window.getByText(en.problems['account.not-revoked'].title)).toBeVisible()
  expect(await desk.keyring.readToken(beeper.origin)).toBeUndefined()
})

test.describe('with a keyring that does not let go', () => {
  test('KEY-6: nothing has changed, and it is said', account, async ({ desk, beeper }) => {
    const token = await beeper.control.token({ source: 'oauth' })
    await desk.rememberSignIn(beeper.origin, token, { source: 'oauth' })
    const { window } = await desk.start()
    await home.shown(window)
    await desk.keyring.kill()
    await settings.open(window)
    await settings.signOut(window, 'everywhere')
    await expect(window.getByText(en.keychain.problems.linux['account.not-forgotten'].title)).toBeVisible()
    expect(beeper.world.tokens.all().map(({ value }) => value)).toContain(token)
    expect(desk.server(beeper.origin)).toHaveProperty('marker')
    await desk.keyring.unlock()
    await settings.signOut(window, 'here')
    await find.shown(window)
    expect(await desk.keyring.readToken(beeper.origin)).toBeUndefined()
  })
})
