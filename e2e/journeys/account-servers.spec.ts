import { en } from '#messages/en'
import { otherLoopback } from '#simulator/ipv6'
import { startStranger } from '#simulator/strangers'
import type { Page } from '@playwright/test'
import { authorise, connect, email, find, settings } from '../pages/screens.ts'
import { expect, test } from '../rig/more-servers.ts'
import { finishNewAccount } from './roads.ts'

const account = { tag: '@account' }
const badge = (page: Page, row: RegExp | string, state: keyof typeof en.find.states) =>
  find.row(page, row).getByText(en.find.states[state], { exact: true })

test.describe('on the usual ports', () => {
  test.use({ isAbsent: true })

  test('found wherever it listens there, on either name, as the answers come', account, async ({ desk, others }) => {
    desk.looksAtTheUsualPorts()
    const { window } = await desk.start()
    await find.shown(window)
    await expect(find.nothingYet(window)).toBeVisible()
    await others({ port: 23_392, scenario: 'ready' })
    await expect(badge(window, '127.0.0.1:23392', 'signed-in')).toBeVisible()
    // On a machine without IPv6 there is no other name to be found under.
    const [host, shown] = otherLoopback === '::1' ? ['::1', '[::1]'] : ['127.0.0.1', '127.0.0.1']
    await others({ port: 23_380, host })
    await expect(badge(window, `${shown}:23380`, 'signed-out')).toBeVisible()
  })
})

test.describe('several that answer', () => {
  test.use({ scenario: 'ready' })

  test('six states, six messages, one action each', account, async ({ desk, beeper, others }) => {
    const signedOut = await others({ scenario: 'new-account' })
    const tooOld = await others({ scenario: 'too-old' })
    const ready = await others({ scenario: 'ready' })
    const gone = await others({ scenario: 'new-account' })
    const strangers = await Promise.all((['html', 'json', 'not-found'] as const).map((kind) => startStranger(kind)))
    await desk.keyring.putToken(ready.origin, await ready.control.token({ source: 'account' }))
    desk.remember(ready.origin, { source: 'account', savedAt: '2026-01-01T00:00:00.000Z' })
    for (const { origin } of [gone, ...strangers]) desk.remember(origin)
    desk.looksAt([beeper, signedOut, tooOld])
    await gone.stop()

    const { window } = await desk.start()
    await find.shown(window)
    await expect(badge(window, String(ready.port), 'ready')).toBeVisible()
    await expect(badge(window, String(beeper.port), 'signed-in')).toBeVisible()
    await expect(badge(window, String(signedOut.port), 'signed-out')).toBeVisible()
    await expect(badge(window, String(tooOld.port), 'too-old')).toBeVisible()
    await expect(badge(window, String(gone.port), 'refused')).toBeVisible()
    for (const { origin } of strangers) await expect(badge(window, new URL(origin).port, 'not-beeper')).toBeVisible()
    const actions = ['ready', 'signed-in', 'signed-out', 'too-old', 'refused', 'not-beeper'] as const
    const ports = [ready, beeper, signedOut, tooOld, gone].map(({ port }) => String(port))
    for (const [index, port] of [...ports, new URL(strangers[0]?.origin ?? '').port].entries()) {
      const state = actions[index] ?? 'ready'
      await expect(find.row(window, port).getByText(en.find.actions[state], { exact: true })).toHaveCount(1)
    }
    await Promise.all(strangers.map((one) => one.close()))
  })

  test('two servers: signed in to both, switched, renamed, forgotten', account, async ({ desk, beeper, others }) => {
    const other = await others({ scenario: 'ready', seed: 77 })
    desk.looksAt([beeper, other])
    const { window } = await desk.start()
    for (const [index, { port, control }] of [beeper, other].entries()) {
      await find
        .row(window, String(port))
        .getByRole('button', { name: /^Continue with/u })
        .click()
      await authorise.shown(window)
      await authorise.openBrowser(window)
      await expect.poll(() => desk.browser.opened().length).toBe(index + 1)
      await control.consent(desk.browser.opened()[index] ?? '')
      await connect.shown(window)
      await settings.fromRail(window)
      await settings.switchBeeper(window)
      await find.shown(window)
    }
    const tokens = await Promise.all([beeper, other].map(({ origin }) => desk.keyring.readToken(origin)))
    expect(new Set(tokens).size, 'each has its own').toBe(2)

    await find
      .row(window, String(beeper.port))
      .getByRole('button', { name: /^More for/u })
      .click()
    await window.getByRole('menuitem', { name: en.find.rename }).click()
    await window.getByLabel(en.find.renameLabel, { exact: true }).fill('Sam’s laptop')
    await window.getByRole('button', { name: en.find.renameSave, exact: true }).click()
    await expect(find.row(window, 'Sam’s laptop')).toContainText(String(beeper.port))
    await find.row(window, 'Sam’s laptop').getByRole('button', { name: /^Open/u }).click()
    await connect.shown(window)
    await desk.quit()

    const again = await desk.start()
    await connect.shown(again.window)
    await settings.fromRail(again.window)
    await expect(again.window.getByText('Sam’s laptop')).toBeVisible()
    await settings.switchBeeper(again.window)
    await find
      .row(again.window, String(other.port))
      .getByRole('button', { name: /^More for/u })
      .click()
    await again.window.getByRole('menuitem', { name: en.find.forget }).click()
    await again.window.getByRole('button', { name: en.find.forgetYes, exact: true }).click()
    await expect(badge(again.window, String(other.port), 'signed-in'), 'found like any other').toBeVisible()
    expect(await desk.keyring.readToken(other.origin)).toBeUndefined()
    expect(await desk.keyring.readToken(beeper.origin), 'the other one stays').toBe(tokens[0])
    expect(
      other.world.tokens.all().some(({ value }) => value === tokens[1]),
      'and is taken back there',
    ).toBe(false)
    expect(JSON.stringify(desk.settings())).not.toContain(other.origin)
  })
})

test.describe('on another computer', () => {
  test.use({ isAbsent: true })

  test('ORI-1: a certificate nobody vouches for is refused, and said so', account, async ({ desk, remote }) => {
    const other = await remote('self-signed')
    const { window } = await desk.start()
    await find.enterAddress(window, other.origin)
    await expect(find.asks(window)).toBeVisible()
    await expect(window.getByText(new URL(other.origin).host)).toBeVisible()
    expect(other.world.traffic.calls(), 'nothing is sent before the yes').toEqual([])
    await find.allow(window)
    await expect(window.getByText(en.problems['beeper.cert-untrusted'].title)).toBeVisible()
    expect(other.world.traffic.calls(), 'nor after it').toEqual([])
    await expect(window.getByLabel(en.find.addressLabel)).toHaveValue(other.origin)
  })

  test('ORI-1: a certificate for another name is refused, and said so', account, async ({ desk, remote }) => {
    const other = await remote('other-host')
    desk.trust(other.ca)
    const { window } = await desk.start()
    await find.enterAddress(window, other.origin)
    await find.allow(window)
    await expect(window.getByText(en.problems['beeper.cert-other-host'].title)).toBeVisible()
    expect(other.world.traffic.calls()).toEqual([])
  })

  test(
    'ORI-1: plain http to another computer is refused before anything is sent',
    account,
    async ({ desk, recorder }) => {
      const { window } = await desk.start()
      await find.enterAddress(window, `http://beeper.example:${new URL(recorder.origin).port}`)
      await expect(window.getByText(en.problems['beeper.needs-https'].title)).toBeVisible()
      expect(recorder.hits()).toEqual([])
    },
  )

  test('ORI-1: the same screens and flows over TLS: a new account, remembered', account, async ({ desk, remote }) => {
    const other = await remote('good')
    desk.trust(other.ca)
    const { window } = await desk.start()
    await find.enterAddress(window, other.origin)
    await find.allow(window)
    await email.shown(window)
    await finishNewAccount(window, other)
    expect(await desk.keyring.readToken(other.origin)).toBe(other.world.tokens.all().at(-1)?.value)
    await desk.quit()

    const again = await desk.start()
    await expect(again.window.getByRole('heading', { level: 1, name: en.recoveryKey.askTitle })).toBeVisible()
    expect(await other.control.calls('appSetupResponse'), 'nobody signed in twice').toHaveLength(1)
  })
})
