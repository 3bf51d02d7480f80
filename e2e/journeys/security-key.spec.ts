// The recovery key that a person has: typed in any way that can only mean it, and opening messages when the server says so.
import { en } from '#messages/en'
import type { Beeper } from '../rig/test.ts'
import { otherDoors, keyEntry, secrets, unlock, verification, verify } from '../pages/secure.ts'
import { expect, test } from '../rig/test.ts'
import { count, security, signedIn, throughFirstSync, toComparing } from './security-roads.ts'

test.use({ scenario: 'needs-verification' })

/** The key in force, as it was written down. */
async function writtenDown(beeper: Beeper): Promise<string> {
  const { recoveryKey } = (await beeper.control.snapshot()).signedIn ?? {}
  if (recoveryKey === undefined) throw new Error('nobody has a recovery key')
  return recoveryKey
}

/** A key of the right shape that opens nothing: the same with two letters exchanged would be found out before it is sent. */
const ofNobody = 'EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d'

test('a mangled key means the same one, and is sent as it should be', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await unlock.open(window)
  const groups = (await writtenDown(beeper)).split(' ')
  const joints = ['-', '\u00a0', ' – ', '\n', '\t', '\u200b', '  ', '.']
  const mangled = groups.map((group, at) => `${group}${joints[at % joints.length] ?? ''}`).join('')
  await keyEntry.send(window, `\u201c${mangled.replaceAll('L', 'l').replaceAll('i', 'I').replaceAll('o', 'O')}\u201d`)
  await throughFirstSync(window, beeper)
  expect(await count(beeper, 'appSetupVerificationRecoveryKey')).toBe(1)
})

test('a mistyped key is pointed at and not sent, unless the person insists', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await unlock.open(window)
  await keyEntry.submit(window)
  await expect(window.getByText(en.keyEntry.faults.empty)).toBeVisible()
  const right = await writtenDown(beeper)
  const groups = right.split(' ')
  const [third = ''] = groups.slice(2)
  await keyEntry.send(window, groups.with(2, `${third.slice(0, 3)}0`).join(' '))
  await expect(window.getByText(en.keyEntry.faults.character(3, '0'))).toBeVisible()
  expect(await keyEntry.field(window).evaluate(marked), 'what is wrong is marked').toBe('0')
  await keyEntry.send(window, groups.slice(0, -1).join(' '))
  await expect(window.getByText(en.keyEntry.faults.tooShort(4))).toBeVisible()
  await keyEntry.send(window, `${right} ${groups[0] ?? ''}`)
  await expect(window.getByText(en.keyEntry.faults.tooLong(4))).toBeVisible()
  const other = third.startsWith('x') ? 'y' : 'x'
  await keyEntry.send(window, groups.with(2, `${other}${third.slice(1)}`).join(' '))
  await expect(window.getByText(en.keyEntry.faults.mistyped)).toBeVisible()
  expect(await count(beeper, 'appSetupVerificationRecoveryKey')).toBe(0)

  await keyEntry.sendAnyway(window).click()
  await expect(window.getByText(en.problems['security.key-refused'].title)).toBeVisible()
  expect(await count(beeper, 'appSetupVerificationRecoveryKey')).toBe(1)
  await keyEntry.send(window, right)
  await throughFirstSync(window, beeper)
})

function marked(field: Element): string {
  const { selectionEnd, selectionStart, value } = field as HTMLTextAreaElement
  return value.slice(selectionStart, selectionEnd)
}

test(
  'a key of somebody else, and an old one after a reset elsewhere, are refused as such',
  security,
  async ({ desk, beeper }) => {
    desk.secret('recovery-key', ofNobody)
    const old = await writtenDown(beeper)
    await resetElsewhere(beeper)
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await unlock.open(window)
    for (const wrong of [ofNobody, old]) {
      await keyEntry.send(window, wrong)
      await expect(window.getByText(en.problems['security.key-refused'].title)).toBeVisible()
      await expect(keyEntry.field(window), 'what was typed can be mended').toHaveValue(wrong)
      await expect(keyEntry.field(window)).toBeFocused()
    }
    await keyEntry.send(window, await writtenDown(beeper))
    await throughFirstSync(window, beeper)
  },
)

/** Another program of the person's makes a new key and confirms it. */
async function resetElsewhere({ control, origin }: Beeper): Promise<void> {
  const headers = { Authorization: `Bearer ${await control.token()}`, 'Content-Type': 'application/json' }
  const path = `${origin}/v1/app/setup/verification/recovery-key/reset`
  const made = await fetch(path, { method: 'POST', headers, body: '{}' })
  const { recoveryKey } = (await made.json()) as { readonly recoveryKey: string }
  const confirmed = await fetch(`${path}/confirm`, { method: 'POST', headers, body: JSON.stringify({ recoveryKey }) })
  expect(confirmed.ok).toBe(true)
  await control.state('needs-verification')
}

test('could not ask: the key is still there, and one click asks again', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await unlock.open(window)
  const right = await writtenDown(beeper)
  await keyEntry.field(window).fill(right)
  await beeper.control.restart({ downMs: null })
  await keyEntry.submit(window)
  await expect(window.getByText(en.keyEntry.notAsked)).toBeVisible()
  await expect(keyEntry.field(window)).toHaveValue(right)
  await beeper.control.start()
  await window.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
  await throughFirstSync(window, beeper)
})

test('an answer that got lost is settled by reading', security, async ({ desk, beeper }) => {
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await unlock.open(window)
  await beeper.control.fault({ operation: 'appSetupVerificationRecoveryKey', dropAfterEffect: true, times: 1 })
  await keyEntry.send(window, await writtenDown(beeper))
  await throughFirstSync(window, beeper)
  expect(await count(beeper, 'appSetupVerificationRecoveryKey')).toBe(1)
})

test(
  'accepted, and this computer is still not trusted: said, with ways on, and never a success',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await unlock.open(window)
    await window.clock.install()
    await beeper.control.setup({ isHeld: true })
    await keyEntry.send(window, await writtenDown(beeper))
    await expect(window.getByText(en.keyEntry.accepted)).toBeVisible()
    await expect(keyEntry.field(window)).toBeHidden()
    await window.clock.runFor(11_000)
    await expect(window.getByText(en.unlock.acceptedSlow)).toBeVisible()
    await window.getByRole('button', { name: en.keyEntry.typeAgain }).click()
    await expect(keyEntry.field(window)).toHaveValue('')
    await window.getByRole('button', { name: en.unlock.otherDevice }).click()
    await verify.shown(window)
    await beeper.control.setup({ isHeld: false })
    await throughFirstSync(window, beeper)
  },
)

test(
  'done, and the server still wants a verification: no success, until it says so',
  security,
  async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await verify.shown(window)
    await window.clock.install()
    await toComparing(window, beeper)
    await beeper.control.setup({ isHeld: true })
    await verification.match(window).click()
    await beeper.control.verification('confirm')
    await verification.settling(window)
    await window.clock.runFor(11_000)
    await expect(window.getByText(en.verification.settling.slow, { exact: true }).last()).toBeVisible()
    await expect(otherDoors.key(window)).toBeVisible()
    await verification.settling(window)
    await beeper.control.setup({ isHeld: false })
    await throughFirstSync(window, beeper)
  },
)

test('done, then the keys are missing: the recovery key brings them', security, async ({ desk, beeper }) => {
  await beeper.control.device({ id: 'ADAPHONE01', sharesSecrets: false })
  const { window } = await signedIn(desk, beeper)
  await verify.shown(window)
  await toComparing(window, beeper)
  await verification.match(window).click()
  await beeper.control.verification('confirm')
  await secrets.shown(window)
  await keyEntry.send(window, await writtenDown(beeper))
  await throughFirstSync(window, beeper)
})

test.describe('keys that are missing', () => {
  test.use({ scenario: 'needs-secrets' })

  test('another device brings them, asked or by itself', security, async ({ desk, beeper }) => {
    const { window } = await signedIn(desk, beeper)
    await secrets.shown(window)
    await secrets.askDevice(window)
    await verification.asking(window)
    await beeper.control.verification('accept')
    await verification.compare(window)
    await verification.match(window).click()
    await beeper.control.verification('confirm')
    await throughFirstSync(window, beeper)
    await beeper.control.state('needs-secrets')
    await secrets.shown(window)
    await beeper.control.state('needs-first-sync', { afterMs: 4_000, next: 'ready' })
    await throughFirstSync(window, beeper)
  })
})
