import type { LoginStep } from '#contract/beeper/login'
import { failed, ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Consent } from '../beeper-port.ts'
import type { OpenSession } from '../ports.ts'
import { formStep } from '../testing/connect-states.ts'
import { last, networkCalled, qr, rig, standing, standingAt, unheard } from '../testing/connecting-rig.ts'
import type { Rig } from '../testing/connecting-rig.ts'
import { bad, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { found, marker, network, otherServer, remembered, secrets, server, setupOf } from '../testing/samples.ts'

const refused = problemOf('beeper.token-refused')
const missing = problemOf('beeper.missing-scope')

/** Two servers with a saved sign-in each. */
const twoServers = {
  networks: ['b1', 'b2'].map(networkCalled),
  beeper: { probe: (origin: string) => good({ ...found, origin, state: 'signed-in' as const }) },
  progress: {
    origin: server.origin,
    servers: [remembered({ marker, lastState: 'signed-in' }), remembered({ origin: otherServer.origin, marker })],
  },
} as const

async function use(one: Rig, { origin }: typeof server): Promise<void> {
  one.vault.tokens.set(origin, `SECRET at ${origin}`)
  expect(await one.handlers['find.use']({ origin })).toEqual(ok(undefined))
  await settle()
  expect(one.engine.target()).toMatchObject({ origin })
}

async function standingIn(one: Rig, bridgeID: string, loginSessionID: string): Promise<void> {
  await one.tell('connect.choose', { connectionID: await one.open(bridgeID), flowID: 'qr' })
  await last(one.creates).answer(ok(standing(qr(bridgeID), loginSessionID, bridgeID)))
}

const ids = (one: Rig): readonly string[] => one.progress().sessions.map(({ loginSessionID }) => loginSessionID)
const renewed = (token: string) => ({
  askConsent: () =>
    good<Consent>({ url: 'u', grant: good({ token, expiresAtMs: undefined }), cancel: () => undefined }),
})

describe('a sign-in that the person ends', () => {
  const ways: Readonly<Record<string, (one: Rig) => void>> = {
    'signing out': ({ engine }) => {
      engine.account.send({ type: 'signOutRequested', isRevoked: false })
    },
    'switching the Beeper': ({ handlers }) => void handlers['find.leave'](undefined),
  }

  test.each(Object.keys(ways))('%s cancels what is under way, and offers nothing of it afresh', async (way) => {
    const one = await standingAt(qr('1'))
    ways[way]?.(one)
    await settle()
    expect(one.submits[0]?.isOut).toBe(false)
    expect(one.cancels).toMatchObject([{ loginSessionID: 's1', token: secrets.token }])
    await last(one.cancels).answer(ok(undefined))
    expect(one.engine.connections.states).toEqual([])
    expect(one.progress().sessions).toEqual([])
    expect(one.engine.account.state.phase).toBe('away')
  })

  test.each(Object.keys(ways))('%s cancels a session that is only being made', async (way) => {
    const one = await rig()
    await one.tell('connect.choose', { connectionID: await one.open(), flowID: 'qr' })
    ways[way]?.(one)
    await settle()
    await last(one.creates).answer(ok(standing(formStep, 's1')))
    expect(one.cancels).toMatchObject([{ loginSessionID: 's1', token: secrets.token }])
    expect(one.progress().sessions).toEqual([])
  })

  test.each(Object.keys(ways))('%s keeps the note of a session that could not be cancelled', async (way) => {
    const one = await standingAt(qr('1'))
    ways[way]?.(one)
    await settle()
    await last(one.cancels).answer(failed(problemOf('beeper.fault')))
    expect(one.progress().sessions).toMatchObject([{ loginSessionID: 's1' }])
    expect(one.progress().sessions[0]?.isOver).toBeUndefined()
  })

  test.each(Object.keys(ways))('%s also ends the offer to begin something afresh', async (way) => {
    const earlier: OpenSession = {
      origin: server.origin,
      bridgeID: network.bridgeID,
      loginSessionID: 'earlier',
      networkName: 'N',
      networkType: 'n',
      openedAt: '2023-11-14T22:00:00.000Z',
      isOver: true,
    }
    const elsewhere = { ...earlier, origin: otherServer.origin }
    const one = await rig({ progress: { sessions: [elsewhere, earlier] } })
    expect(one.at().stage).toEqual({ phase: 'interrupted' })
    ways[way]?.(one)
    await settle()
    expect(one.cancels).toEqual([])
    expect(one.progress().sessions).toEqual([elsewhere])
  })

  test('what is begun at the next server is not disturbed by the end of the last one', async () => {
    const one = await rig(twoServers)
    await standingIn(one, 'b1', 's1')
    void one.handlers['find.leave'](undefined)
    await settle()
    const [slow] = one.cancels
    await use(one, otherServer)
    await one.tell('connect.choose', { connectionID: await one.open('b2'), flowID: 'qr' })
    // The limit is that of the ones that were left.
    expect(slow?.signal).toBeInstanceOf(AbortSignal)
    expect(last(one.creates)).toMatchObject({ bridgeID: 'b2', signal: undefined })
    await last(one.creates).answer(ok(standing(formStep, 's2', 'b2')))
    expect(ids(one)).toEqual(['s1', 's2'])
    await slow?.answer(ok(undefined))
    expect(ids(one)).toEqual(['s2'])
    expect(one.at('b2').stage).toMatchObject({ step: formStep })
  })

  test('whoever is back before it is cancelled does not meet it again', async () => {
    const one = await rig(twoServers)
    await standingIn(one, 'b1', 's1')
    void one.handlers['find.leave'](undefined)
    await settle()
    await use(one, server)
    expect(one.looks).toEqual([])
    expect(one.engine.connections.states).toEqual([])
    await last(one.cancels).answer(ok(undefined))
    expect(ids(one)).toEqual([])
  })
})

describe('a token that is refused', () => {
  const signedOut = async (one: Rig): Promise<void> => {
    await settle()
    expect(one.engine.account.state.phase).toBe('authorise')
    expect(one.engine.connections.states).toEqual([])
    // It still lives on the server: the next sign-in goes on with it.
    expect(one.cancels).toEqual([])
  }
  const guarded = async (step: LoginStep = formStep): Promise<Rig & { connectionID: string }> => {
    const one = await standingAt(step)
    one.beeper.glanceAtSetup = ({ token }) => (token === 'SECRET-better' ? good(setupOf('ready')) : bad(refused))
    return one
  }

  test('by a plain read ends the sign-in, and the next one goes on with the session', async () => {
    const one = await guarded(qr('1'))
    await last(one.submits).answer(unheard(problemOf('beeper.unreachable')))
    await one.pass(1_000)
    await last(one.looks).answer(failed(refused))
    await signedOut(one)
    expect(ids(one)).toEqual(['s1'])
    Object.assign(one.beeper, renewed('SECRET-better'))
    void one.handlers['account.authorise'](undefined)
    await settle()
    expect(last(one.looks)).toMatchObject({ id: 's1', token: 'SECRET-better', isOut: true })
    await last(one.looks).answer(ok(standing(qr('2'), 's1')))
    expect(last(one.submits)).toMatchObject({ token: 'SECRET-better', isOut: true })
    expect(one.creates).toHaveLength(1)
  })

  test('when a session is to be made, ends the sign-in', async () => {
    const one = await rig()
    one.beeper.glanceAtSetup = () => bad(refused)
    await one.tell('connect.choose', { connectionID: await one.open(), flowID: 'qr' })
    await last(one.creates).answer(failed(refused))
    await signedOut(one)
  })

  test('by a network is no end of the sign-in: the form is answered in its words', async () => {
    const one = await guarded()
    await one.tell('connect.submit', { connectionID: one.connectionID, fields: { phone: '1' }, isSure: true })
    const words = { code: 'connect.refused', retry: 'now', says: 'Not allowed (401)' } as const
    await last(one.submits).answer({ kind: 'ended', problem: words })
    expect(one.engine.account.state.phase).toBe('signed-in')
    expect(one.at().stage).toEqual({ phase: 'failed', problem: words })
  })

  test('and is not the present one any more, says nothing', async () => {
    const one = await guarded(qr('1'))
    one.engine.woken()
    await settle()
    Object.assign(one.beeper, renewed('SECRET-better'))
    void one.handlers['account.authorise'](undefined)
    await settle()
    expect(one.engine.target()?.token).toBe('SECRET-better')
    await last(one.looks).answer(failed(refused))
    expect(one.engine.account.state.phase).toBe('signed-in')
    await one.pass(1_000)
    expect(last(one.looks)).toMatchObject({ token: 'SECRET-better', isOut: true })
    await last(one.looks).answer(ok(standing(qr('1'), 's1')))
    expect(one.at().stage).toMatchObject({ isStale: false, problem: undefined })
    expect(one.submits).toMatchObject([{ isOut: true, token: secrets.token }])
  })

  test('a permission that is too small leaves the form as it is, and the better one goes on with it', async () => {
    const one = await standingAt(formStep)
    const { connectionID } = one
    await one.tell('connect.submit', { connectionID, fields: { phone: '1' }, isSure: true })
    await last(one.submits).answer(unheard(missing))
    expect(one.engine.account.state).toMatchObject({ phase: 'signed-in', renewal: { reason: 'scope' } })
    Object.assign(one.beeper, renewed('SECRET-better'))
    void one.handlers['account.authorise'](undefined)
    await settle()
    await one.pass(1_000)
    await last(one.looks).answer(ok(standing(formStep, 's1')))
    expect(one.at().stage).toMatchObject({ step: { stepID: 'form' }, isRejected: false, isBusy: false })
    await one.tell('connect.submit', { connectionID, fields: { phone: '1' }, isSure: true })
    expect(last(one.submits)).toMatchObject({ token: 'SECRET-better', isOut: true })
  })
})
