// Keys and verifications as the simulator plays them, over HTTP.
import { readRecoveryKey } from '#contract/recovery-key'
import { Control } from '#simulator/control-client'
import { startSimulator } from '#simulator/simulator'
import { afterEach, expect, test } from 'vitest'
import { confirmKey, createKey, unlock } from './security.ts'
import {
  actOnVerification,
  cancelVerification,
  readVerifications,
  requestVerification,
  scanCode,
} from './verification.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function simulator(): Promise<{ control: Control; target: { origin: string; token: string } }> {
  const server = await startSimulator({ scenario: 'needs-verification', timeScale: 100 })
  closers.push(() => server.close())
  const control = new Control(server.controlURL)
  return { control, target: { origin: server.origin, token: await control.token() } }
}

test('ONE-3: a key is made, refused, replaced, confirmed and opens messages', async () => {
  const { target } = await simulator()
  const [first, second] = [await createKey(target), await createKey(target)]
  if (!first.ok || !second.ok) throw new Error('no key')
  expect(await confirmKey(target, first.value)).toMatchObject({ problem: { code: 'security.new-key-refused' } })
  expect(await unlock(target, second.value)).toMatchObject({ problem: { code: 'security.key-refused' } })
  expect(await createKey(target, first.value)).toMatchObject({ problem: { code: 'security.old-key-refused' } })
  expect(await confirmKey(target, second.value)).toMatchObject({ ok: true })
  const { recoveryKey } = readRecoveryKey(`  ${second.value.replaceAll(' ', ' - ')}`)
  expect(recoveryKey).toBe(second.value)
  expect(await unlock(target, recoveryKey)).toMatchObject({ ok: true })
})

test('emojis are compared, and the end is in the list', async () => {
  const { control, target } = await simulator()
  const opened = await requestVerification(target)
  const id = opened.ok ? (opened.value.verification?.verificationID ?? '') : ''
  expect(await actOnVerification(target, id, 'sas.confirm')).toMatchObject({ problem: { code: 'security.too-late' } })
  await control.verification('accept', id)
  const comparing = await actOnVerification(target, id, 'sas.start')
  expect(comparing.ok && comparing.value.verification?.emojis).toHaveLength(7)
  expect(comparing.ok && comparing.value.verification?.decimals).toHaveLength(3)
  expect(await actOnVerification(target, id, 'sas.confirm')).toMatchObject({ ok: true })
  await control.verification('confirm', id)
  expect(await readVerifications(target)).toMatchObject({
    value: [{ verificationID: id, state: 'done', actions: [] }],
  })
})

test('a request of another device is accepted, and a mismatch ends it with the reason', async () => {
  const { control, target } = await simulator()
  const id = await control.requestVerification()
  expect(await readVerifications(target)).toMatchObject({ value: [{ verificationID: id, isIncoming: true }] })
  expect(await actOnVerification(target, id, 'accept')).toMatchObject({ value: { verification: { state: 'ready' } } })
  expect(await actOnVerification(target, id, 'sas.start')).toMatchObject({ ok: true })
  expect(await cancelVerification(target, id, 'mismatch')).toMatchObject({
    value: { verification: { state: 'cancelled', error: { code: 'm.mismatched_sas' } } },
  })
  expect(await cancelVerification(target, id, 'user')).toMatchObject({ ok: true })
  expect(await actOnVerification(target, 'gone', 'accept')).toMatchObject({
    problem: { code: 'security.verification-gone' },
  })
})

test('a code is shown as bytes, and one that nobody shows is refused', async () => {
  const { control, target } = await simulator()
  const opened = await requestVerification(target)
  const id = opened.ok ? (opened.value.verification?.verificationID ?? '') : ''
  await control.verification('accept', id)
  const listed = await readVerifications(target)
  expect(listed.ok && listed.value[0]?.qr?.startsWith('MATRIX')).toBe(true)
  expect(await scanCode(target, 'MATRIX\u0002 something else')).toMatchObject({
    problem: { code: 'security.code-not-read' },
  })
})
