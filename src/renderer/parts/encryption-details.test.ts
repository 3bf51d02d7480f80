// The details of encryption, wherever they stand.
import { fake, open } from '../gallery/open.ts'
import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import type { EncryptionFlag } from '#contract/view-security'
import { en } from '#messages/en'
import { backupView, encryptionWith, keyView, readyEncryption, resetView, unlockView } from '../gallery/secure-views.ts'
import { viewWith, views } from '../gallery/views.ts'

const text = en.encryption
const flags = Object.keys(text.flags) as EncryptionFlag[]
const fold = () => page.getByText(text.fold)
const row = (name: string): string =>
  [...document.querySelectorAll('dl > div')].find((one) => one.querySelector('dt')?.textContent === name)
    ?.textContent ?? ''

test.each([
  ['unlock', unlockView()],
  ['secrets', views.secrets],
  ['the first key', keyView()],
  ['a new key', resetView()],
  ['a key where messages are open', backupView()],
  ['waiting for a key', keyView({ phase: 'confirmed' })],
  ['first sync', views['first-sync']],
  ['preparing', views.preparing],
  ['home', views.home],
])('stand on the screen: %s', async (_, view) => {
  await open({ ...view, encryption: encryptionWith() })
  await fold().click()
  await expect.element(page.getByText('hasBackedUpRecoveryKey')).toBeVisible()
})

test('each flag is spelled as the API spells it, with a yes or no in words and one sentence', async () => {
  const encryption = encryptionWith()
  await open({ ...views.unlock, encryption })
  await fold().click()
  expect(flags).toHaveLength(12)
  for (const flag of flags) {
    const says = row(flag)
    expect(says).toContain(encryption.flags[flag] ? text.yes : text.no)
    expect(says).not.toContain(encryption.flags[flag] ? text.no : text.yes)
    expect(says).toContain(text.flags[flag])
  }
  expect(row('state')).toContain('needs-verification')
  expect(row('userID')).toContain('@ada:beeper.com')
  expect(row('recoveryKeyGeneratedAt')).toContain('March 5, 2024')
})

test('can be copied as plain text', async () => {
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await open({ ...views.home, encryption: readyEncryption({ keyMadeAtMs: Date.UTC(2024, 2, 5) }) })
  await fold().click()
  await page.getByRole('button', { name: en.common.copyDetails }).click()
  await expect.element(page.getByRole('button', { name: en.common.copied })).toBeVisible()
  expect(writeText.mock.calls).toEqual([
    [
      [
        'state: ready',
        'userID: @ada:beeper.com',
        'recoveryKeyGeneratedAt: 2024-03-05T00:00:00.000Z',
        ...flags.map((flag) => `${flag}: true`),
      ].join('\n'),
    ],
  ])
  writeText.mockRestore()
})

test('a clipboard that is refused is not called a copy', async () => {
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'))
  await open(views.home)
  await fold().click()
  await page.getByRole('button', { name: en.common.copyDetails }).click()
  await expect.poll(() => writeText.mock.calls.length).toBe(1)
  await expect.element(page.getByRole('button', { name: en.common.copyDetails })).toBeVisible()
  writeText.mockRestore()
})

test('a moment that no calendar has is shown as it came', async () => {
  await open({ ...views.unlock, encryption: encryptionWith({ keyMadeAtMs: 1e300, userID: '' }) })
  await fold().click()
  expect(row('recoveryKeyGeneratedAt')).toContain('1e+300')
  expect(row('userID')).toBe('')
})

test('without any, nothing is drawn', async () => {
  await open(viewWith({ name: 'first-sync', sinceMs: 0 }, { encryption: undefined }))
  expect(fold().elements()).toHaveLength(0)
})

test('follow what the server says', async () => {
  await open({ ...views.unlock, encryption: encryptionWith() })
  await fold().click()
  expect(row('verified')).toContain(text.no)
  fake.show({ ...views.unlock, encryption: readyEncryption() })
  await expect.poll(() => row('verified')).toContain(text.yes)
})
