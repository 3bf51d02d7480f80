import { describe, expect, test } from 'vitest'
import type { Beeper, Consent } from '../beeper-port.ts'
import type { SetupState } from '#contract/beeper/setup'
import { formStep, sessionAt } from '../testing/connect-states.ts'
import { lists, signedIn } from '../testing/engine-bench.ts'
import type { Bench } from '../testing/engine-bench.ts'
import { bad, good, problemOf } from '../testing/fake-world.ts'
import { settle } from '../testing/fakes.ts'
import { network, secrets, setupOf } from '../testing/samples.ts'

const missing = problemOf('beeper.missing-scope')
const needsKey = setupOf('needs-cross-signing-setup')
const needsUnlock = setupOf('needs-verification')

const at = (setup: SetupState): Partial<Beeper> => ({ glanceAtSetup: () => good(setup) })
const flow = { id: 'qr', name: 'QR code', description: '' }
const connectable: Partial<Beeper> = {
  readNetworks: () => good({ networks: [{ ...network, accounts: [] }], accounts: [] }),
  readFlows: () => good([flow]),
  createSession: () => good(sessionAt(formStep)),
}

/** What a person may click that a token without `write` may not do. */
const clicks: Readonly<Record<string, readonly [beeper: Partial<Beeper>, click: (one: Bench) => unknown]>> = {
  'making a recovery key': [
    { ...at(needsKey), createKey: () => bad(missing) },
    (one) => one.handlers['security.createRecoveryKey']({ acceptLoss: false }),
  ],
  'adopting a recovery key': [
    { ...at(needsKey), createKey: () => good('EsTc 1234'), confirmKey: () => bad(missing) },
    async (one) => {
      await one.handlers['security.createRecoveryKey']({ acceptLoss: false })
      return one.handlers['security.confirmRecoveryKey']({ recoveryKey: 'EsTc 1234', group: 1, typedGroup: '1234' })
    },
  ],
  'reading the networks again': [
    { readNetworks: () => bad(missing) },
    (one) => one.handlers['networks.refresh'](undefined),
  ],
  unlocking: [
    { ...at(needsUnlock), unlock: () => bad(missing) },
    (one) => one.handlers['security.unlock']({ recoveryKey: secrets.recoveryKey, isSure: true }),
  ],
  'opening a network': [
    { ...connectable, readFlows: () => bad(missing) },
    (one) => one.handlers['connect.open']({ bridgeID: network.bridgeID }),
  ],
  'starting to connect': [
    { ...connectable, createSession: () => bad(missing) },
    (one) => one.handlers['connect.open']({ bridgeID: network.bridgeID }),
  ],
  'sending a form': [
    { ...connectable, submitStep: () => Promise.resolve({ kind: 'ended', problem: missing } as const) },
    async (one) => {
      await one.handlers['connect.open']({ bridgeID: network.bridgeID })
      await settle()
      const connection = one.engine.connections.states.at(-1)
      return one.handlers['connect.submit']({
        connectionID: connection?.connectionID ?? '',
        fields: { phone: '1' },
        isSure: true,
      })
    },
  ],
}
const names = Object.keys(clicks)

/** What goes on by itself, and meets the same. */
const background: Readonly<Record<string, Partial<Beeper>>> = {
  'the state of the server': { glanceAtSetup: () => bad(missing) },
  'the networks': { readNetworks: () => bad(missing) },
}

async function afterClick(name: string): Promise<Bench & { readonly again: () => Promise<void> }> {
  const [beeper, click] = clicks[name] ?? [{}, () => undefined]
  const one = await signedIn(beeper)
  const again = async (): Promise<void> => {
    await click(one)
    await settle()
  }
  await again()
  return { ...one, again }
}

async function pass(one: Bench): Promise<void> {
  for (let n = 0; n < 12; n += 1) {
    one.clock.pass(5_000)
    await settle()
  }
}

describe('a permission that is too small', () => {
  test.each(names)('%s asks for a better one, and the sign-in stays', async (name) => {
    const one = await afterClick(name)
    expect(one.view().screen).toMatchObject({ name: 'authorise', phase: 'ask', reason: 'scope', problem: undefined })
    expect(one.engine.target()).toMatchObject({ token: secrets.token })
    expect(one.opened).toEqual([])
  })

  test.each(names)(
    '%s: put off, the person is back where they were; clicked again, it is asked again',
    async (name) => {
      const one = await afterClick(name)
      void one.handlers['account.cancelAuthorise'](undefined)
      await settle()
      expect(one.screen()).not.toBe('authorise')
      await one.again()
      // A network that could not be opened begins anew with the next click.
      expect(one.view().screen).toMatchObject({ name: 'authorise', reason: 'scope' })
    },
  )

  test.each(Object.keys(background))(
    '%s asks for a better one once, and never again once it was put off',
    async (name) => {
      const one = await signedIn()
      Object.assign(one.beeper, background[name])
      await pass(one)
      expect(one.view().screen).toMatchObject({ name: 'authorise', phase: 'ask', reason: 'scope' })
      void one.handlers['account.cancelAuthorise'](undefined)
      await settle()
      await pass(one)
      expect(one.screen()).toBe('connect')
      expect(one.engine.account.state).toMatchObject({ phase: 'signed-in', hasPutOff: true, renewal: undefined })
    },
  )

  test('put off in the background, a click asks all the same', async () => {
    const one = await signedIn({ ...connectable, createSession: () => bad(missing) })
    one.engine.account.send({ type: 'scopeMissing', isClicked: false })
    void one.handlers['account.cancelAuthorise'](undefined)
    await settle()
    one.engine.account.send({ type: 'scopeMissing', isClicked: false })
    expect(one.screen()).toBe('connect')
    void one.handlers['connect.open']({ bridgeID: network.bridgeID })
    await settle()
    expect(one.screen()).toBe('authorise')
  })

  test('does not disturb a renewal that is under way', async () => {
    const one = await signedIn({ askConsent: () => new Promise<never>(() => undefined) })
    void one.handlers['account.authorise'](undefined)
    await settle()
    one.beeper.readNetworks = () => bad(missing)
    one.beeper.glanceAtSetup = () => bad(missing)
    await pass(one)
    expect(one.view().screen).toMatchObject({ name: 'authorise', phase: 'waiting', reason: 'expiring' })
  })
})

describe('a better permission', () => {
  test('ends what could not be done before: the lists are read with it, and the person is where they were', async () => {
    const tokens = new Set<string>()
    const one = await signedIn()
    one.engine.go({ at: 'home' })
    one.beeper.readNetworks = ({ token }) => {
      tokens.add(String(token))
      return token === 'SECRET-new' ? good(lists) : bad(missing)
    }
    void one.handlers['networks.refresh'](undefined)
    await settle()
    expect(one.screen()).toBe('authorise')
    one.beeper.askConsent = () =>
      good<Consent>({
        url: 'u',
        grant: good({ token: 'SECRET-new', expiresAtMs: undefined }),
        cancel: () => undefined,
      })
    void one.handlers['account.authorise'](undefined)
    await settle()
    expect(one.screen()).toBe('home')
    expect([...tokens]).toEqual([secrets.token, 'SECRET-new'])
    expect(one.view().screen).toMatchObject({ name: 'home', status: 'loaded', problem: undefined })
  })
})
