// What is said while the Beeper of the sign-in is not reached, and what home says about a permission that runs out.
import { fake, open } from '../gallery/open.ts'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { en } from '#messages/en'
import { problemOf } from '../gallery/view-with.ts'
import { viewWith, views } from '../gallery/views.ts'

const text = en.unreachable
const button = (name: string) => page.getByRole('button', { name, exact: true })
const remote = (code: Parameters<typeof problemOf>[0]) =>
  viewWith(
    { name: 'unreachable', origin: 'https://beeper.example.org', problem: problemOf(code) },
    { beeper: { origin: 'https://beeper.example.org', name: 'Attic', version: '4.2.311', isRemote: true } },
  )

test('on this computer: open Beeper, or get it', async () => {
  await open(views.unreachable)
  await expect.element(page.getByText(text.leadHere)).toBeVisible()
  await button(text.openBeeper).click()
  expect(fake.calls()).toEqual([{ name: 'app.openPage', input: 'download' }])
})

test('on another computer nobody is sent to open Beeper here', async () => {
  await open(remote('beeper.unreachable'))
  await expect.element(page.getByText(text.leadThere)).toBeVisible()
  await expect.element(page.getByText('https://beeper.example.org')).toBeVisible()
  expect(button(text.openBeeper).elements()).toHaveLength(0)
  await button(text.chooseOther).click()
  expect(fake.calls()).toEqual([{ name: 'find.leave', input: undefined }])
})

test.each(['beeper.cert-untrusted', 'beeper.cert-expired', 'beeper.cert-other-host', 'beeper.no-tls'] as const)(
  '%s says what is wrong, and there is no way past it',
  async (code) => {
    await open(remote(code))
    await expect.element(page.getByRole('heading', { name: text.unsafeTitle })).toBeVisible()
    await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems[code].title)
    await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems[code].explanation)
    const names = page.getByRole('main').getByRole('button').elements()
    expect(names.map((one) => one.textContent.trim())).toEqual([text.chooseOther])
  },
)

test('a name that nobody has', async () => {
  await open(remote('beeper.host-unknown'))
  await expect.element(page.getByRole('heading', { name: text.title })).toBeVisible()
  await expect.element(page.getByRole('alert')).toHaveTextContent(en.problems['beeper.host-unknown'].title)
})

test('home reminds of a permission that runs out soon, and renews it', async () => {
  await open(views['home-expiring'])
  await expect.element(page.getByText(/permission runs out in 5 days, on /u)).toBeVisible()
  await button(en.home.renew).click()
  expect(fake.calls()).toEqual([{ name: 'account.authorise', input: undefined }])
  await open(views.home)
  expect(button(en.home.renew).elements()).toHaveLength(0)
})

test.each([
  ['mac', 'keychain of your Mac'],
  ['windows', 'Credential Manager'],
  ['linux', 'keyring'],
] as const)('home names the place of the sign-in as %s does', async (system, name) => {
  await open(viewWith(views.home.screen, { system }))
  await expect.element(page.getByText(name, { exact: false })).toBeVisible()
})

test('a problem that asks for more than another try leads there, wherever it is shown', async () => {
  const screen = views.home.screen
  if (screen.name !== 'home') throw new Error('not home')
  await open(
    viewWith({ ...screen, problem: problemOf('account.client-outdated', { retry: 'never', says: 'Update.' }) }),
  )
  await button(en.problems['account.client-outdated'].action).click()
  expect(fake.calls()).toEqual([{ name: 'app.openPage', input: 'download' }])
})

test.each([
  ['mac', /keychain/u],
  ['windows', /Credential Manager/u],
  ['linux', /keyring/u],
] as const)('what opens slowly is named as %s does', async (system, name) => {
  await open(viewWith({ name: 'starting', waitsFor: 'keychain', isSlow: true }, { system }))
  await expect.element(page.getByText(en.starting.keychainSlow(system))).toBeVisible()
  expect(en.starting.keychainSlow(system)).toMatch(name)
})

test('a keychain that is slow to open the sign-in can be asked once more, or another Beeper chosen', async () => {
  await open(viewWith({ name: 'starting', waitsFor: 'keychain', isSlow: true }))
  await expect.element(page.getByText(en.starting.keychainSlow('linux'))).toBeVisible()
  await button(en.keychain.retry).click()
  await button(en.starting.chooseOther).click()
  expect(fake.calls().map(({ name }) => name)).toEqual(['account.retryKeychain', 'find.leave'])
})
