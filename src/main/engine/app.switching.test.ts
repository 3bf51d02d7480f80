import { ok } from '#contract/problem'
import { describe, expect, test } from 'vitest'
import type { Beeper, Target } from '../beeper-port.ts'
import type { Progress } from '../ports.ts'
import { formStep, sessionAt } from '../testing/connect-states.ts'
import { bench, lists } from '../testing/engine-bench.ts'
import type { Bench } from '../testing/engine-bench.ts'
import { bad, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import {
  credentials,
  found,
  marker,
  network,
  otherServer,
  problem,
  remembered,
  secrets,
  server,
  setupOf,
} from '../testing/samples.ts'

const tokens: Readonly<Record<string, string>> = {
  [server.origin]: secrets.token,
  [otherServer.origin]: 'SECRET-other',
}

interface Switching extends Bench {
  /** Where which token went. */
  readonly sent: Set<string>
  readonly use: (at: typeof server) => Promise<void>
}

/** Two servers with a saved sign-in each; the first is in use. */
async function switching(progress: Partial<Progress> = {}, beeper: Partial<Beeper> = {}): Promise<Switching> {
  const sent = new Set<string>()
  const note = ({ origin, token }: Target): void => void sent.add(`${String(token)} at ${origin}`)
  const guarded =
    <T>(answer: T) =>
    (target: Target) => {
      note(target)
      return target.token === tokens[target.origin] ? good(answer) : bad(problemOf('beeper.token-refused'))
    }
  const one = bench({
    progress: {
      origin: server.origin,
      servers: [
        remembered({ marker, lastState: 'signed-in' }),
        remembered({ origin: otherServer.origin, name: 'Other', marker, lastState: 'signed-in' }),
      ],
      ...progress,
    },
    beeper: {
      probe: (origin) => (origin in tokens ? good({ ...found, origin, state: 'signed-in' }) : bad(problem)),
      glanceAtSetup: guarded(setupOf('ready')),
      readNetworks: guarded(lists),
      listen: (target) => {
        note(target)
        return () => undefined
      },
      ...beeper,
    },
  })
  for (const [origin, token] of Object.entries(tokens)) one.vault.tokens.set(origin, token)
  one.engine.launch()
  await settle()
  const use = async ({ origin }: typeof server): Promise<void> => {
    await one.handlers['find.leave'](undefined)
    await settle()
    expect(one.handlers['find.use']({ origin })).toEqual(ok(undefined))
    await settle()
  }
  return { ...one, sent, use }
}

describe('two servers', () => {
  test('are switched between, each with its own sign-in, as often as one likes', async () => {
    const one = await switching()
    for (const at of [server, otherServer, server, otherServer]) {
      if (one.engine.account.state.phase === 'signed-in' && one.engine.target()?.origin !== at.origin) await one.use(at)
      expect(one.screen()).toBe('connect')
      expect(one.engine.target()).toEqual({ origin: at.origin, token: tokens[at.origin] })
      expect(one.progress().origin).toBe(at.origin)
      one.clock.pass(60_000)
      await settle()
    }
    // ORI-2: no token was ever sent anywhere but home.
    expect([...one.sent].sort()).toEqual(
      Object.entries(tokens)
        .map(([origin, token]) => `${token} at ${origin}`)
        .sort(),
    )
    expect([...one.vault.tokens]).toEqual(Object.entries(tokens))
  })

  test('the next run begins at the one that was used last', async () => {
    const one = await switching()
    await one.use(otherServer)
    const next = await switching(one.progress())
    expect(next.engine.target()).toEqual({ origin: otherServer.origin, token: tokens[otherServer.origin] })
    expect(next.vault.asked).toEqual([`read ${otherServer.origin}`])
  })

  test('both are on the list between, as ready', async () => {
    const one = await switching()
    await one.handlers['find.leave'](undefined)
    await settle()
    expect(one.view().screen).toMatchObject({
      name: 'find',
      beepers: [
        { origin: server.origin, state: 'ready', isRemembered: true },
        { origin: otherServer.origin, state: 'ready', isRemembered: true },
      ],
    })
    expect(one.engine.target()).toBeUndefined()
  })

  test('nothing of the first is on the screens of the second', async () => {
    const one = await switching()
    expect(one.view().screen).toMatchObject({ name: 'connect', networks: [{ name: 'WhatsApp' }] })
    one.beeper.readNetworks = () => new Promise(() => undefined)
    one.beeper.glanceAtSetup = ({ origin }) => good({ ...setupOf('ready'), userID: origin })
    await one.use(otherServer)
    one.engine.go({ at: 'home' })
    expect(one.view().screen).toMatchObject({
      name: 'home',
      userID: otherServer.origin,
      accounts: [],
      status: 'loading',
    })
    expect(one.view().beeper).toMatchObject({ origin: otherServer.origin })
  })

  test('leaving cancels what lives on the server that is left, with its own token', async () => {
    const cancelled: (Target & { readonly id: string })[] = []
    const one = await switching(
      {},
      {
        readNetworks: () => good({ networks: [{ ...network, accounts: [] }], accounts: [] }),
        readFlows: () => good([{ id: 'qr', name: 'QR code', description: '' }]),
        createSession: () => good(sessionAt(formStep)),
        cancelSession: ({ origin, token }, { loginSessionID }) => {
          cancelled.push({ origin, token, id: loginSessionID })
          return good(undefined)
        },
      },
    )
    expect(await one.handlers['connect.open']({ bridgeID: network.bridgeID })).toMatchObject({ ok: true })
    await settle()
    expect(one.progress().sessions).toHaveLength(1)
    await one.use(otherServer)
    expect(cancelled).toEqual([{ origin: server.origin, token: secrets.token, id: secrets.loginSessionID }])
    expect(one.progress().sessions).toEqual([])
    expect(one.view().screen).toMatchObject({ name: 'connect' })
  })

  test('the name that a person gave to one goes with it through runs and renewals', async () => {
    const one = await switching()
    await one.handlers['find.leave'](undefined)
    await one.handlers['find.rename']({ origin: otherServer.origin, name: 'Office' })
    await settle()
    void one.handlers['find.use']({ origin: otherServer.origin })
    await settle()
    expect(one.view().beeper).toMatchObject({ name: 'Office' })
    // A later run saves a new sign-in for it.
    const next = await switching(one.progress())
    expect(next.view().beeper).toMatchObject({ name: 'Office' })
    next.engine.account.send({ type: 'left' })
    await settle()
    await next.engine.servers.noteSaved({ ...otherServer, name: 'Office' }, credentials)
    await next.handlers['find.rename']({ origin: otherServer.origin, name: '' })
    next.beeper.probe = () => bad(problem)
    expect(next.engine.servers.find(otherServer.origin)).toMatchObject({ name: 'Beeper' })
  })
})
