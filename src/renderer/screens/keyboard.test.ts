// Whole screens walked with the keyboard alone, in the order that Tab goes.
import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { groupsOf } from '#contract/recovery-key'
import { en } from '#messages/en'
import { sampleKey } from '../gallery/samples.ts'
import { keyView } from '../gallery/secure-views.ts'
import { views } from '../gallery/views.ts'

const nameOf = (element: Element | null): string =>
  element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? ''

/** Goes on by Tab until something with this name has the focus. */
async function tabTo(name: string): Promise<void> {
  for (let steps = 0; steps < 40; steps++) {
    if (nameOf(document.activeElement) === name) return
    await userEvent.keyboard('{Tab}')
  }
  expect(nameOf(document.activeElement)).toBe(name)
}

const costs = en.recoveryKey.costs.reset

/** The same for a field, by its label. */
async function tabToLabel(label: string): Promise<void> {
  const labelled = (): boolean =>
    document.activeElement instanceof HTMLInputElement &&
    [...(document.activeElement.labels ?? [])].some((one) => one.textContent.trim() === label)
  for (let steps = 0; steps < 40 && !labelled(); steps++) await userEvent.keyboard('{Tab}')
  expect(labelled(), label).toBe(true)
}

test('find: from the heading to the first Beeper', async () => {
  await open(views.find)
  await userEvent.keyboard('{Tab}')
  expect(nameOf(document.activeElement)).toBe(en.find.actionsNamed['signed-out']('Beeper Desktop'))
  await userEvent.keyboard('{Enter}')
  expect(fake.calls().map(({ name }) => name)).toEqual(['find.use'])
})

test('authorise: unfold, paste, use the token', async () => {
  await open(views.authorise)
  await tabTo(en.token.fold)
  await userEvent.keyboard('{Enter}{Tab}secret-token{Tab}')
  expect(nameOf(document.activeElement)).toBe(en.token.submit)
  await userEvent.keyboard('{Enter}')
  expect(fake.calls()).toEqual([{ name: 'account.useToken', input: { token: 'secret-token' } }])
})

test('keychain: each way, one after the other', async () => {
  await open(views['keychain-probe'])
  await tabTo(en.common.details)
  for (const way of [en.keychain.retry, en.keychain.thisRun, en.keychain.quit]) {
    await userEvent.keyboard('{Tab}')
    expect(nameOf(document.activeElement)).toBe(way)
    await userEvent.keyboard('{Enter}')
  }
  expect(fake.calls().map(({ name }) => name)).toEqual(['account.retryKeychain', 'account.keepForThisRun', 'app.quit'])
})

test('settings: from home there, keep the sign-in, sign out', async () => {
  await open(views.home)
  await userEvent.keyboard('{Tab}')
  expect(nameOf(document.activeElement)).toBe(en.home.settings)
  await userEvent.keyboard('{Enter}')
  fake.show(views['settings-this-run'])
  await expect.element(page.getByRole('heading', { level: 1, name: en.settings.title })).toHaveFocus()
  await tabTo(en.settings.keep('linux'))
  await userEvent.keyboard('{Enter}')
  await tabTo(en.settings.signOut)
  await userEvent.keyboard('{Enter}')
  // The two ways stand before the harmless one, which has the focus.
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
  expect(nameOf(document.activeElement)).toBe(en.signOut.everywhere)
  await userEvent.keyboard('{Shift>}{Tab}{/Shift} ')
  expect(fake.calls().map(({ name, input }) => [name, input])).toEqual([
    ['app.go', { at: 'settings' }],
    ['account.keepInKeychain', undefined],
    ['account.signOut', { revoke: false }],
  ])
})

test('register: name, box, account', async () => {
  await open(views.register)
  await userEvent.keyboard('ada')
  await tabTo(en.register.privacy)
  await userEvent.keyboard('{Tab} ')
  await expect.element(page.getByRole('checkbox')).toBeChecked()
  await tabTo('Create account')
  await userEvent.keyboard('{Enter}')
  expect(fake.calls()).toEqual([{ name: 'account.register', input: { username: 'ada', acceptTerms: true } }])
})

test('recovery key: create, show, keep, prove', async () => {
  await open(views['recovery-key'])
  fake.answer('security.createRecoveryKey', () => {
    fake.show(keyView({ phase: 'showing' }))
    return { ok: true, value: { recoveryKey: sampleKey } }
  })
  await tabTo(en.recoveryKey.create)
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('heading', { name: en.recoveryKey.showTitle })).toHaveFocus()
  await tabTo(en.recoveryKey.show)
  await userEvent.keyboard('{Enter}')
  await tabTo(en.recoveryKey.haveSaved)
  await userEvent.keyboard('{Enter}')
  const group = Number(/\d+/u.exec(document.querySelector('label')?.textContent ?? '')?.[0]) - 1
  await userEvent.keyboard(`${groupsOf(sampleKey)[group] ?? ''}{Enter}`)
  expect(fake.calls().at(-1)?.name).toBe('security.confirmRecoveryKey')
})

test('connect: search, the one network, its way', async () => {
  await open(views.connect)
  await userEvent.keyboard('{Tab}sign{Tab}')
  expect(nameOf(document.activeElement)).toBe(en.connect.addNamed('Signal'))
  await userEvent.keyboard('{Enter}')
  fake.show(views['connection-choosing'])
  await tabTo(en.connection.leave)
  await userEvent.keyboard('{Tab}{Enter}')
  expect(fake.calls().map(({ name }) => name)).toEqual(['connect.open', 'connect.choose'])
})

test('new key: tick what it costs, make it', async () => {
  await open(views.reset)
  for (const name of [costs.messages.title, costs.networks, costs.oldKey.title]) {
    await tabToLabel(name)
    await userEvent.keyboard(' ')
  }
  await tabTo(en.recoveryKey.createNew)
  await userEvent.keyboard('{Enter}')
  expect(fake.calls()).toEqual([{ name: 'security.createRecoveryKey', input: { acceptLoss: true } }])
})

test('unlock: the key, and past a fault', async () => {
  await open(views.unlock)
  await userEvent.keyboard('EsU4{Enter}')
  await tabTo(en.keyEntry.sendAnyway)
  await userEvent.keyboard('{Enter}')
  expect(fake.calls()).toEqual([{ name: 'security.unlock', input: { recoveryKey: 'EsU4', isSure: true } }])
})
