// That the pictures match, and that the other device scanned, is said by a person and by nobody else (A6).
import type { Verification } from '#contract/beeper/verification'
import { randomInt } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { problemOf } from '../../testing/fake-world.ts'
import { settle } from '../../testing/fakes.ts'
import { setups, verificationOf, verificationStates } from '../../testing/samples.ts'
import { secureBench } from '../../testing/secure-bench.ts'
import type { SecureBench } from '../../testing/secure-bench.ts'
import { proofOf, newKeys } from '../../testing/secure-server.ts'

const verificationID = 'verification-1'
const comparing = verificationOf('sas_ready')
const { decimals, emojis } = comparing
const confirmations = ({ server }: SecureBench): string[] =>
  server.sent.filter((what) => /^(?:sas\.confirm|qr\.confirmScanned)/u.test(what))

async function showing(from: Verification): Promise<SecureBench> {
  const one = await secureBench('needs-verification', { list: [from] })
  await one.handlers['security.showVerification']({ verificationID })
  return one
}

/** A source of choices that can be had again by its seed (mulberry32). */
function choices(seed: number): <T>(list: readonly T[]) => T {
  let state = seed
  return (list) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    const one = list[((t ^ (t >>> 14)) >>> 0) % list.length]
    if (one === undefined) throw new Error('nothing to choose from')
    return one
  }
}

/** Everything that may happen, but for the two commands that say yes. */
function happenings(one: SecureBench, choose: ReturnType<typeof choices>): Readonly<Record<string, () => unknown>> {
  const { handlers, server, engine } = one
  const some = (): Verification => verificationOf(choose(verificationStates), { isIncoming: choose([true, false]) })
  return {
    'the server moves on': () => (server.setup = choose(setups)),
    'a verification moves on': () => server.put(some()),
    'all are forgotten': () => (server.list = []),
    'the setup names one': () => (server.setup = { ...server.setup, verification: some() }),
    'an event': () => server.listener?.changed(),
    'the channel': () => (choose([true, false]) ? server.listener?.started() : server.listener?.ended()),
    'the server is away': () =>
      (server.readProblem = choose([true, false]) ? undefined : problemOf('beeper.unreachable')),
    'an answer gets lost': () => {
      server.lose(choose(['accept', 'sas.start', 'cancel', 'scan', 'request', 'unlock'] as const))
    },
    'time passes': () => one.pass(choose([250, 2_000, 15_000])),
    waking: () => {
      engine.woken()
    },
    'another token': () => one.renew(),
    request: () => handlers['security.requestVerification'](undefined),
    show: () => handlers['security.showVerification']({ verificationID }),
    accept: () => handlers['security.acceptVerification']({ verificationID }),
    start: () => handlers['security.startEmoji']({ verificationID }),
    scanner: () => handlers['security.scanner']({ isOpen: choose([true, false]) }),
    scan: () => handlers['security.scanCode']({ data: 'MATRIX' }),
    cancel: () => handlers['security.cancelVerification']({ verificationID, why: choose(['cancelled', 'not-me']) }),
    leave: () => handlers['security.leaveVerification'](undefined),
    door: () => handlers['security.openDoor']({ door: choose(['choose', 'key', 'new-key']) }),
    unlock: () => handlers['security.unlock']({ recoveryKey: 'SECRET', isSure: true }),
    'make a key': () => handlers['security.createRecoveryKey']({ acceptLoss: true }),
    'adopt a key': () => handlers['security.confirmRecoveryKey'](proofOf(newKeys[0])),
    'check again': () => handlers['security.checkAgain'](undefined),
    'wrong pictures': () => handlers['security.confirmEmoji']({ verificationID, emojis: ['🐱', '🐶'] }),
    'no pictures': () => handlers['security.confirmEmoji']({ verificationID, emojis: [] }),
  }
}

describe('A6: the yes of a person', () => {
  const seeds = Array.from({ length: 25 }, () => randomInt(2 ** 31))
  test.each(seeds)('whatever happens, nothing is confirmed without it: seed %i', async (seed) => {
    const choose = choices(seed)
    const one = await secureBench('needs-verification', { list: [verificationOf('sas_ready')] })
    const happened = happenings(one, choose)
    const told: string[] = []
    for (let n = 0; n < 60; n += 1) {
      const name = choose(Object.keys(happened))
      told.push(name)
      await happened[name]?.()
      await settle()
      expect(confirmations(one), told.join(', ')).toEqual([])
    }
    expect(one.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })

  test('goes out for exactly the pictures that were seen, once', async () => {
    const one = await showing(comparing)
    await one.handlers['security.confirmEmoji']({ verificationID, emojis: [...emojis] })
    await one.handlers['security.confirmEmoji']({ verificationID, emojis: [...emojis] })
    await settle()
    expect(confirmations(one)).toEqual(['sas.confirm verification-1'])
    expect(one.verification().stage).toMatchObject({ at: 'comparing', canAnswer: false })
  })

  test('numbers stand for pictures only where there are none', async () => {
    const one = await showing(comparing)
    await one.handlers['security.confirmEmoji']({ verificationID, emojis: [...decimals] })
    expect(confirmations(one)).toEqual([])
    const plain = await showing({ ...comparing, emojis: [] })
    await plain.handlers['security.confirmEmoji']({ verificationID, emojis: [...decimals] })
    expect(confirmations(plain)).toEqual(['sas.confirm verification-1'])
  })

  test.each([
    ['others', ['🐱', '🐶', '🦁', '🐎', '🦄', '🐷', '🦊']],
    ['in another order', [...emojis].reverse()],
    ['fewer', emojis.slice(0, 6)],
    ['more', [...emojis, '🐶']],
    ['none', []],
  ])('said of %s it is refused, and that is said', async (_, seen) => {
    const one = await showing(comparing)
    await one.handlers['security.confirmEmoji']({ verificationID, emojis: seen })
    await settle()
    expect(one.server.sent).toEqual([])
    expect(one.verification()).toMatchObject({
      stage: { at: 'comparing', canAnswer: true },
      problem: { code: 'security.too-late' },
    })
  })

  test('said of pictures that were replaced meanwhile it is refused', async () => {
    const one = await showing(comparing)
    one.server.put({ ...comparing, emojis: [...emojis].reverse() })
    await one.read()
    await one.handlers['security.confirmEmoji']({ verificationID, emojis: [...emojis] })
    await settle()
    expect(one.server.sent).toEqual([])
    await one.handlers['security.confirmEmoji']({ verificationID, emojis: [...emojis].reverse() })
    expect(confirmations(one)).toEqual(['sas.confirm verification-1'])
  })

  test('with nothing to compare there is nothing to say yes to', async () => {
    const one = await showing({ ...comparing, emojis: [], decimals: [] })
    expect(one.verification().stage).toMatchObject({ at: 'comparing', canAnswer: false })
    await one.handlers['security.confirmEmoji']({ verificationID, emojis: [] })
    expect(one.server.sent).toEqual([])
  })

  test.each(verificationStates)('while the server says %s: only what it lists is confirmed', async (state) => {
    const one = await showing(verificationOf(state))
    await one.handlers['security.confirmEmoji']({ verificationID, emojis: [...emojis] })
    await one.handlers['security.confirmScanned']({ verificationID })
    await settle()
    const expected = new Map([
      ['sas_ready', ['sas.confirm verification-1']],
      ['qr_scanned', ['qr.confirmScanned verification-1']],
    ])
    expect(confirmations(one)).toEqual(expected.get(state) ?? [])
  })

  test('said of one it is not taken for another', async () => {
    const other = { ...comparing, verificationID: 'verification-2', emojis: [...emojis].reverse() }
    const one = await secureBench('needs-verification', { list: [comparing, other] })
    await one.handlers['security.showVerification']({ verificationID })
    await one.handlers['security.confirmEmoji']({ verificationID: 'verification-2', emojis: [...emojis] })
    await one.handlers['security.confirmEmoji']({ verificationID: 'unheard-of', emojis: [...emojis] })
    expect(one.server.sent).toEqual([])
  })

  test('the end of a transaction is no success: the screen settles until the server says more', async () => {
    const one = await showing(verificationOf('qr_scanned'))
    await one.handlers['security.confirmScanned']({ verificationID })
    await settle()
    await one.pass(60_000)
    expect(one.verification().stage).toEqual({ at: 'settling' })
    one.server.setup = { ...one.server.setup, state: 'needs-secrets', wireState: 'needs-secrets' }
    await one.read()
    expect(one.screen()).toBe('secrets')
  })
})
