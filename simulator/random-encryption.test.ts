// Whatever the two sides of a verification do, and whatever the world does to them: every answer and every event keeps to the
// contract, what is offered works and nothing else does, and what is over offers nothing and says why.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { zVerificationActionKnown } from '#contract/beeper/gen/zod.gen'
import type { Verification, VerificationActionKnown } from '#contract/beeper/gen/types.gen'
import type { CommandInput, CommandName } from './control/commands.ts'
import { ControlError } from './control-client.ts'
import { bench, until, type Bench } from './testing.ts'
import { connect, subscribe } from './testing-sockets.ts'

const paths: Record<VerificationActionKnown, string> = {
  accept: 'accept',
  cancel: 'cancel',
  'qr.confirmScanned': 'qr/confirm-scanned',
  'sas.start': 'sas/start',
  'sas.confirm': 'sas/confirm',
}
const actions = zVerificationActionKnown.options

const state = fc.constantFrom('needs-verification', 'needs-secrets', 'needs-first-sync', 'ready', 'something-else')
const peerMove = fc.constantFrom('accept', 'startEmoji', 'confirm', 'mismatch', 'cancel' as const)
const methods = fc.subarray(['qr', 'sas', 'org.example.new'])

type Order = { [K in CommandName]: readonly [K, CommandInput<K>] }[CommandName]
const order: fc.Arbitrary<Order> = fc.oneof(
  fc.record({ deviceID: fc.constantFrom('ADAPHONE01', 'ADATABLET1') }).map((input) => ['requestVerification', input] as const),
  fc.constant(['requestVerification', { userID: '@stranger:example.org' }] as const),
  fc.record({ methods, isIntercepted: fc.boolean() }).map((input) => ['shape', input] as const),
  fc.record({ state }).map((input) => ['state', input] as const),
  fc.record({ isHeld: fc.boolean() }).map((input) => ['setup', input] as const),
  fc.record({ isDoubled: fc.boolean(), isMuted: fc.boolean(), delayMs: fc.nat(2_000) }).map((input) => ['events', input] as const),
  fc.record({ ms: fc.nat(200_000) }).map((input) => ['step', input] as const),
  fc.constant(['restart', { initializingMs: 500 }] as const),
  fc.record({ id: fc.constant('ADAPHONE01'), answersAfterMs: fc.option(fc.nat(5_000)) }).map((input) => ['device', input] as const),
) // prettier-ignore

const act = fc.oneof(
  { weight: 2, arbitrary: order.map((made) => ({ kind: 'order' as const, made })) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('peer' as const), pick: fc.nat(), move: peerMove }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('own' as const), pick: fc.nat(), action: fc.constantFrom(...actions) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('scan' as const), pick: fc.nat(), isOurs: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), pick: fc.nat(), vanishes: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'ask' as const }) },
) // prettier-ignore
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

interface Played {
  readonly it: Bench
  readonly token: string
}

const list = async ({ it, token }: Played): Promise<Verification[]> =>
  ((await it.call('GET', '/v1/app/setup/verifications', { token })).body as { items: Verification[] }).items

async function give({ it }: Played, [name, input]: Order): Promise<void> {
  const response = await fetch(`${it.simulator.controlURL}/${name}`, { method: 'POST', body: JSON.stringify(input) })
  expect([200, 409], name).toContain(response.status)
}

/** A refusal is an ordinary answer of the other side; everything else is not. */
async function orRefused(made: Promise<unknown>): Promise<void> {
  await made.catch((error: unknown) => {
    if (!(error instanceof ControlError)) throw error
  })
}

async function play(played: Played, made: Act): Promise<void> {
  const { it, token } = played
  if (made.kind === 'order') return give(played, made.made)
  if (made.kind === 'ask') {
    expect((await it.call('POST', '/v1/app/setup/verifications', { token })).status).toBe(200)
    return
  }
  const all = await list(played)
  const one = all[made.pick % Math.max(1, all.length)]
  if (one === undefined) return
  const base = '/v1/app/setup/verifications'
  if (made.kind === 'peer') await orRefused(it.control.verification(made.move, one.id))
  else if (made.kind === 'own') {
    const { status } = await it.call('POST', `${base}/${one.id}/${paths[made.action]}`, { token })
    // Cancelling what is over is fine.
    const isOffered = one.availableActions.includes(made.action) || made.action === 'cancel'
    expect(status, `${made.action} while ${one.state}`).toBe(isOffered ? 200 : 409)
  } else if (made.kind === 'end') {
    await orRefused(
      made.vanishes ? it.control.vanish(one.id) : it.control.stop({ verificationID: one.id, code: 'm.x' }),
    )
  } else if (made.isOurs) await orRefused(it.control.scan(one.qr?.data ?? 'nothing'))
  else {
    const known = (await it.control.snapshot()).verifications.find(({ verificationID }) => verificationID === one.id)
    const { status } = await it.call('POST', `${base}/qr/scan`, { token, body: { data: known?.peerCode ?? 'nothing' } })
    expect(status).toBe(known?.peerCode === undefined ? 400 : 200)
  }
}

test('random encryption', async () => {
  const it = await bench({ timeScale: 0 })
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 25 }), async (acts) => {
      await it.control.reset('two-devices')
      const played = { it, token: await it.control.token() }
      const { frames, socket } = await connect(it, played.token)
      subscribe(socket)
      await until(() => frames.length === 2)
      for (const made of acts) await play(played, made)
      socket.terminate()
      for (const one of await list(played)) {
        const isOver = ['done', 'cancelled', 'error'].includes(one.state)
        expect(one.availableActions.length === 0, one.state).toBe(isOver)
        expect(one.error !== undefined, one.state).toBe(isOver && one.state !== 'done')
      }
      expect(it.simulator.world.traffic.bugs).toEqual([])
    }),
    { numRuns: 60 },
  )
}, 60_000)
