import type { Screen, ScreenName, View } from '#contract/view'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountEvents, accountStates } from '../testing/account-states.ts'
import { connectEvents, connectStates, steps, subject } from '../testing/connect-states.ts'
import {
  about,
  chatAccount,
  found,
  marker,
  network,
  problem,
  remembered,
  secrets,
  server,
  setupOf,
  setups,
  verificationOf,
} from '../testing/samples.ts'
import { after, appWith, readAs, showing } from '../testing/security-play.ts'
import {
  discoveryEvents,
  networksEvents,
  restingState,
  securityEvents,
  securityIn,
  signedInState,
  wishes,
} from '../testing/states.ts'
import { allOf } from '../testing/tables.ts'
import type { AccountEvent, AccountState } from './account-state.ts'
import * as account from './account.ts'
import { notFinding } from './app-state.ts'
import type { AppState } from './app-state.ts'
import { initial as noConnection } from './connect-state.ts'
import type { ConnectEvent } from './connect-state.ts'
import * as connect from './connect.ts'
import * as discovery from './discovery.ts'
import * as networks from './networks.ts'
import type { SecurityEvent } from './security-state.ts'
import * as security from './security.ts'
import { viewOf } from './view.ts'

const view = (state: AppState): View => viewOf(state, about)
const screen = (state: AppState): Screen => view(state).screen
const ready = signedInState(setupOf('ready'))
const loaded: AppState = {
  ...ready,
  networks: { ...restingState.networks, isOn: true, status: 'loaded', networks: [network], accounts: [chatAccount] },
}

/**
 * What a person can do on each screen, or that it is left by itself. A screen without an entry does not compile. That the ways
 * of secure messages are really open is walked in security.walk.test.ts.
 */
const waysOut: { readonly [Name in ScreenName]: (screen: Extract<Screen, { name: Name }>) => boolean } = {
  starting: () => true,
  find: () => true,
  unreachable: () => true,
  email: () => true,
  code: () => true,
  register: () => true,
  authorise: () => true,
  keychain: () => true,
  preparing: () => true,
  verify: () => true,
  verification: () => true,
  // All but one go on by a button or by an answer that comes.
  'recovery-key': ({ canLeave, phase }) => canLeave || phase !== 'confirmed',
  unlock: () => true,
  secrets: () => true,
  'first-sync': () => true,
  connect: () => true,
  // A connection can be left; a stage that the window does not know would show no button. That its ways are really open is
  // walked in connect.walk.test.ts.
  connection: ({ connection }) =>
    ['loading', 'choosing', 'starting', 'step', 'done', 'failed', 'interrupted'].includes(connection.stage.phase),
  home: () => true,
  settings: () => true,
}

function hasWayOut(one: Screen): boolean {
  const ask = waysOut[one.name] as ((screen: Screen) => boolean) | undefined
  return ask?.(one) ?? false
}

describe('viewOf', () => {
  test('every screen can be reached', () => {
    const names = new Set<ScreenName>()
    for (const one of allOf<AccountState>(accountStates)) names.add(screen({ ...restingState, account: one }).name)
    for (const setup of [undefined, ...setups])
      for (const wish of wishes) names.add(screen({ ...signedInState(setup), wish }).name)
    names.add(screen({ ...ready, connections: connectStates.step.slice(0, 1) }).name)
    names.add(screen(appWith(after(readAs('needs-verification'), { type: 'doorOpened', door: 'key' }))).name)
    names.add(screen(appWith(showing(verificationOf('ready')))).name)
    expect([...names].sort()).toEqual((Object.keys(waysOut) as ScreenName[]).sort())
  })

  test('opening a server that was just picked stays on the list; an earlier sign-in starts with its own screen', () => {
    const [, , withToken, , fresh] = accountStates.restoring
    expect(screen({ ...restingState, account: fresh ?? restingState.account })).toMatchObject({
      name: 'find',
      opening: server.origin,
    })
    expect(screen({ ...restingState, account: withToken ?? restingState.account })).toMatchObject({
      name: 'starting',
      waitsFor: 'beeper',
    })
  })

  test('Beeper itself is neither a network nor a chat account', () => {
    const accounts = [chatAccount, { ...chatAccount, accountID: 'beeper', bridgeType: 'matrix' }]
    const lists = { ...loaded.networks, accounts, networks: [network, { ...network, bridgeID: 'm', type: 'matrix' }] }
    expect(screen({ ...loaded, networks: lists })).toMatchObject({
      networks: [{ bridgeID: 'local-whatsapp' }],
      connectedCount: 1,
    })
    const home = screen({ ...loaded, networks: lists, wish: { at: 'home' } })
    expect(home.name === 'home' && home.accounts.map(({ accountID }) => accountID)).toEqual(['whatsapp_sam'])
  })

  test.each([
    ['ready', 'ready'],
    ['needs-first-sync', 'syncing'],
  ] as const)('Home says how safe the messages are: %s is %s', (state, shown) => {
    expect(screen({ ...loaded, security: securityIn(setupOf(state)), wish: { at: 'home' } })).toMatchObject({
      security: shown,
    })
  })

  test('chapters: one is current, those before are done, and none are left after the first run', () => {
    const names = (state: AppState): string =>
      view(state)
        .chapters.map(({ status }) => status)
        .join(' ')
    expect(names(restingState)).toBe('current ahead ahead ahead')
    expect(names({ ...restingState, account: accountStates.code[0] ?? restingState.account })).toBe(
      'done current ahead ahead',
    )
    expect(names(signedInState(setupOf('needs-secrets')))).toBe('done done current ahead')
    expect(names(ready)).toBe('done done done current')
    expect(names({ ...signedInState(setupOf('needs-first-sync')), wish: { at: 'connect' } })).toBe(
      'done done background current',
    )
    expect(names({ ...ready, isFirstRunDone: true })).toBe('')
    expect(names({ ...ready, wish: { at: 'home' } })).toBe('')
  })

  test('what is said of the program is what it says of itself', () => {
    const said = { appVersion: '9.9.9', system: 'mac', language: 'pt-BR' } as const
    expect(viewOf(restingState, said)).toMatchObject(said)
  })

  test('being offline is said only while somebody is signed in', () => {
    const offline = { ...securityIn(setupOf('ready')), isOffline: true }
    expect(view({ ...ready, security: offline }).isOffline).toBe(true)
    expect(view({ ...restingState, security: offline }).isOffline).toBe(false)
  })

  test('500 networks make a View in little time', () => {
    const many = Array.from({ length: 500 }, (_, n) => ({ ...network, bridgeID: `b${String(n)}` }))
    const state = { ...loaded, networks: { ...loaded.networks, networks: many } }
    const beganMs = performance.now()
    for (let n = 0; n < 20; n += 1) view(state)
    expect((performance.now() - beganMs) / 20).toBeLessThan(50)
  })
})

describe('after any history', () => {
  type Move = (state: AppState) => AppState
  const only =
    (name: keyof AppState, value: unknown): Move =>
    (state) => ({ ...state, [name]: value })

  const moves: readonly Move[] = [
    ...allOf<AccountEvent>(accountEvents).map((event): Move => (state) => ({
      ...state,
      account: account.next(state.account, event)[0],
    })),
    ...allOf<SecurityEvent>(securityEvents).map((event): Move => (state) => ({
      ...state,
      security: security.next(state.security, event)[0],
    })),
    ...allOf<networks.NetworksEvent>(networksEvents).map((event): Move => (state) => ({
      ...state,
      networks: networks.next(state.networks, event)[0],
    })),
    ...allOf<discovery.DiscoveryEvent>(discoveryEvents).map((event): Move => (state) => ({
      ...state,
      discovery: discovery.next(state.discovery, event)[0],
    })),
    ...allOf<ConnectEvent>(connectEvents).map((event): Move => (state) => ({
      ...state,
      connections: state.connections.map((one) => connect.next(one, event)[0]),
    })),
    ...wishes.map((wish) => only('wish', wish)),
    only('connections', [noConnection(subject)]),
    only('isFirstRunDone', true),
    only('finding', { ...notFinding, isDemoStarting: true, problem }),
    only('servers', [remembered({ givenName: 'Office', marker })]),
    only('heldOrigins', [server.origin]),
  ]
  const starts: readonly AppState[] = [
    restingState,
    ...allOf<AccountState>(accountStates).map((one) => ({ ...restingState, account: one })),
    ...setups.map(signedInState),
    appWith(showing(verificationOf('ready'))),
    appWith(after(readAs('needs-verification'), { type: 'doorOpened', door: 'key' })),
    loaded,
    ...allOf(connectStates).map((one) => ({ ...loaded, connections: [one] })),
    { ...loaded, discovery: { ...restingState.discovery, found: [found] } },
  ]

  test('IPC-5: no secret is in the View, it can travel, and it has a way out', { timeout: 30_000 }, () => {
    const names = new Set<ScreenName>()
    const shown = new Set<string>()
    const look = (state: AppState): void => {
      const now = view(state)
      names.add(now.screen.name)
      if (now.screen.name === 'connection' && now.screen.connection.stage.phase === 'step')
        shown.add(now.screen.connection.stage.step.type)
      const text = JSON.stringify(now)
      expect(Object.values(secrets).filter((secret) => text.includes(secret))).toEqual([])
      expect(text).not.toContain('SECRET')
      expect(structuredClone(now)).toEqual(now)
      expect(hasWayOut(now.screen), now.screen.name).toBe(true)
    }
    for (const start of starts) for (const wish of wishes) look({ ...start, wish })
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.nat(), { maxLength: 40, size: 'max' }), (start, picks) => {
        let state = starts[start % starts.length] ?? restingState
        for (const pick of picks) {
          state = moves[pick % moves.length]?.(state) ?? state
          look(state)
        }
      }),
      { numRuns: 300 },
    )
    // The look is worth what it has seen.
    expect([...names].sort()).toEqual((Object.keys(waysOut) as ScreenName[]).sort())
    expect([...shown].sort()).toEqual([...new Set(steps.map(({ type }) => type))].sort())
  })
})
