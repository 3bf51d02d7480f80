import type { Page } from '@playwright/test'
import { en } from '#messages/en'
import { authorise, connect, connection, find, home, settings } from '../pages/screens.ts'
import type { Desk } from '../rig/desk.ts'
import { expect, test } from '../rig/test.ts'
import type { Beeper } from '../rig/test.ts'

const account = { tag: '@account' }
const hourMs = 3_600_000

async function toAuthorise(desk: Desk): Promise<Page> {
  const { window } = await desk.start()
  await find.useFirst(window)
  await authorise.shown(window)
  return window
}

/** The consent page that the browser was asked to open last. */
async function page(desk: Desk, count = 1): Promise<string> {
  await expect.poll(() => desk.browser.opened().length).toBe(count)
  return desk.browser.opened().at(-1) ?? ''
}

async function expectKept(desk: Desk, beeper: Beeper, source: 'oauth' | 'manual'): Promise<void> {
  const newest = (): string | undefined => beeper.world.tokens.all().findLast((one) => one.source === source)?.value
  await expect.poll(async () => (await desk.keyring.readToken(beeper.origin)) === newest()).toBe(true)
}

test.describe('a Beeper that is signed in already', () => {
  test.use({ scenario: 'ready' })

  test('ORI-7: permission is given in the browser', account, async ({ desk, beeper }) => {
    const window = await toAuthorise(desk)
    await authorise.openBrowser(window)
    await authorise.waits(window)
    const url = await page(desk)
    await authorise.openAgain(window)
    expect(await page(desk, 2), 'the same page once more').toBe(url)
    await beeper.control.consent(url)
    await connect.shown(window)
    await expectKept(desk, beeper, 'oauth')
    expect(await beeper.control.calls('oauth_token')).toHaveLength(1)
    await desk.quit()
    const again = await desk.start()
    await connect.shown(again.window)
  })

  test('ORI-7: permission is refused, then given', account, async ({ desk, beeper }) => {
    const window = await toAuthorise(desk)
    await authorise.openBrowser(window)
    await beeper.control.consent(await page(desk), 'deny')
    await expect(window.getByText(en.problems['account.consent-refused'].title)).toBeVisible()
    await authorise.openBrowser(window)
    await beeper.control.consent(await page(desk, 2))
    await connect.shown(window)
  })

  test(
    'ORI-7: a browser that was closed: cancelled, and the old page leads nowhere',
    account,
    async ({ desk, beeper }) => {
      const window = await toAuthorise(desk)
      await authorise.openBrowser(window)
      await authorise.waits(window)
      const old = await page(desk)
      await authorise.cancel(window)
      await authorise.shown(window)
      await expect(beeper.control.consent(old), 'nobody listens any more').rejects.toThrow()
      expect(await beeper.control.calls('oauth_token')).toHaveLength(0)
      await authorise.openBrowser(window)
      await beeper.control.consent(await page(desk, 2))
      await connect.shown(window)
    },
  )

  test('ORI-7: an answer with a wrong state is not taken', account, async ({ desk, beeper }) => {
    const window = await toAuthorise(desk)
    await authorise.openBrowser(window)
    const target = new URL(await beeper.control.consent(await page(desk), 'allow', false))
    target.searchParams.set('state', 'x'.repeat(43))
    await fetch(target)
    await expect(window.getByText(en.problems['account.consent-failed'].title)).toBeVisible()
    expect(await beeper.control.calls('oauth_token')).toHaveLength(0)
    expect(await desk.keyring.readToken(beeper.origin)).toBeUndefined()
  })

  test('a pasted token is checked, then kept', account, async ({ desk, beeper }) => {
    const token = await beeper.control.token({ source: 'manual' })
    const window = await toAuthorise(desk)
    await authorise.pasteToken(window, `  ${token}\n`)
    await connect.shown(window)
    await expectKept(desk, beeper, 'manual')
    expect(await beeper.control.calls('oauth_introspect_token')).toHaveLength(1)
  })

  test('a pasted token that does not count, and one that may only read', account, async ({ desk, beeper }) => {
    const readOnly = await beeper.control.token({ source: 'manual', scopes: ['read'] })
    const window = await toAuthorise(desk)
    desk.secret('pasted-token', 'bpr_this-token-was-never-given-out')
    await authorise.pasteToken(window, 'bpr_this-token-was-never-given-out')
    await expect(window.getByText(en.problems['account.token-unusable'].title)).toBeVisible()
    await expect(authorise.tokenField(window), 'a secret does not stay in the page').toHaveValue('')
    await authorise.pasteToken(window, readOnly)
    await expect(window.getByText(en.problems['account.token-read-only'].title)).toBeVisible()
    expect(await desk.keyring.readToken(beeper.origin)).toBeUndefined()
    await authorise.openBrowser(window)
    await beeper.control.consent(await page(desk))
    await connect.shown(window)
  })

  test('an older Beeper without introspection: the token is checked by a read', account, async ({ desk, beeper }) => {
    await beeper.control.oauth({ hasIntrospection: false })
    const token = await beeper.control.token({ source: 'manual' })
    const window = await toAuthorise(desk)
    await authorise.pasteToken(window, token)
    await connect.shown(window)
    await expectKept(desk, beeper, 'manual')
  })

  test(
    'a permission that only reads: asked for again when something is to be changed',
    account,
    async ({ desk, beeper }) => {
      const token = await beeper.control.token({ source: 'manual', scopes: ['read'] })
      await desk.rememberSignIn(beeper.origin, token, { source: 'manual' })
      const { window } = await desk.start()
      await home.shown(window)
      await window.getByRole('button', { name: en.home.add }).click()
      await connect.start(window, 'Signal')
      await authorise.shownAgain(window, 'scope')
      await authorise.openBrowser(window)
      await beeper.control.consent(await page(desk))
      await expect(window.getByRole('heading', { name: en.authorise.waitingTitle })).toBeHidden()
      await expectKept(desk, beeper, 'oauth')
      await window.getByRole('button', { name: en.connection.again, exact: true }).click()
      await connection.showsQr(window, 'Signal')
      expect(await beeper.control.calls('createLoginSession')).toHaveLength(2)
    },
  )

  test('a permission that runs out soon is renewed before it does', account, async ({ desk, beeper }) => {
    const expiresInMs = 20 * hourMs
    const token = await beeper.control.token({ source: 'oauth', expiresInMs })
    await desk.rememberSignIn(beeper.origin, token, {
      source: 'oauth',
      savedAt: new Date(Date.now() - 180 * 24 * hourMs).toISOString(),
      expiresAtMs: Date.now() + expiresInMs,
    })
    const { window } = await desk.start()
    await home.shown(window)
    await window.getByRole('button', { name: en.home.renew, exact: true }).click()
    await authorise.waits(window)
    await beeper.control.consent(await page(desk))
    await home.shown(window)
    await expect(window.getByRole('button', { name: en.home.renew, exact: true })).toBeHidden()
    await expectKept(desk, beeper, 'oauth')
    expect(await desk.keyring.readToken(beeper.origin)).not.toBe(token)
  })

  test('a permission that has run out is said so, without asking with it', account, async ({ desk, beeper }) => {
    const token = await beeper.control.token({ source: 'oauth' })
    await desk.rememberSignIn(beeper.origin, token, { source: 'oauth', expiresAtMs: Date.now() - hourMs })
    const { window } = await desk.start()
    await authorise.shownAgain(window, 'expired')
    expect(await desk.keyring.readToken(beeper.origin), 'it stays until there is a new one').toBe(token)
    await authorise.openBrowser(window)
    await beeper.control.consent(await page(desk))
    await home.shown(window)
    await settings.open(window)
    await expect(window.getByText(en.settings.sources.oauth)).toBeVisible()
  })
})
