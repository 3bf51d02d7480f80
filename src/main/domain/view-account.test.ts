import type { Screen, View } from '#contract/view'
import { describe, expect, test } from 'vitest'
import { accountStates, stateIn } from '../testing/account-states.ts'
import { about, credentials, found, otherServer, problem, remembered, server, setupOf } from '../testing/samples.ts'
import { restingState, signedInState } from '../testing/states.ts'
import type { AccountState } from './account-state.ts'
import type { AppState } from './app-state.ts'
import { viewOf } from './view.ts'

const viewIn = (account: AccountState, more: Partial<AppState> = {}): View =>
  viewOf({ ...restingState, ...more, account }, about)
const screenIn = (account: AccountState, more: Partial<AppState> = {}): Screen => viewIn(account, more).screen
const ready = signedInState(setupOf('ready'))
const home: Partial<AppState> = { ...ready, wish: { at: 'home' } }
const settings: Partial<AppState> = { ...ready, wish: { at: 'settings' } }

describe('opening a server', () => {
  const fresh = stateIn('restoring', { kept: undefined, waitsFor: 'beeper' })

  test('that was just picked stays on the list, until it takes long', () => {
    expect(screenIn(fresh)).toMatchObject({ name: 'find', opening: server.origin, isLooking: false })
    expect(screenIn({ ...fresh, isSlow: true })).toEqual({ name: 'starting', waitsFor: 'beeper', isSlow: true })
    expect(screenIn(stateIn('probing', { problem: undefined }))).toMatchObject({
      name: 'find',
      opening: server.origin,
    })
  })

  test.each(accountStates.restoring.filter(({ kept }) => kept !== undefined))(
    'for which a sign-in was saved says what it waits for: $waitsFor',
    (state) => {
      for (const isSlow of [true, false])
        expect(screenIn({ ...state, isSlow })).toEqual({ name: 'starting', waitsFor: state.waitsFor, isSlow })
    },
  )

  test('that does not answer is named, with the reason', () => {
    expect(screenIn(stateIn('unreachable'))).toEqual({ name: 'unreachable', origin: server.origin, problem })
  })
})

describe('KEY-5: the screen of the keychain says what it was doing', () => {
  test.each([
    [stateIn('keychain-shut'), 'read', false],
    [stateIn('probing', { isBusy: false, problem }), 'probe', false],
    [stateIn('probing', { isBusy: true, problem }), 'probe', true],
    [stateIn('unsaved', { isBusy: false }), 'save', false],
    [stateIn('unsaved', { isBusy: true }), 'save', true],
  ] as const)('$phase', (state, during, isBusy) => {
    expect(screenIn(state)).toEqual({ name: 'keychain', during, isBusy, problem })
  })
})

describe('permission', () => {
  const servers = [remembered({ givenName: 'Office' }), remembered({ origin: otherServer.origin, givenName: 'Home' })]

  test.each(['ask', 'waiting', 'finishing', 'checking'] as const)('%s: says why, and whose Beeper it is', (step) => {
    for (const reason of ['first', 'expired'] as const)
      expect(screenIn(stateIn('authorise', { step, reason, problem }))).toEqual({
        name: 'authorise',
        phase: step,
        reason,
        beeperName: 'Beeper',
        problem,
      })
    for (const reason of ['scope', 'expiring'] as const)
      expect(screenIn(stateIn('signed-in', { renewal: { reason, step, problem } }), home)).toEqual({
        name: 'authorise',
        phase: step,
        reason,
        beeperName: 'Beeper',
        problem,
      })
  })

  test('the Beeper is called as the person calls it, here and above', () => {
    const renewing = stateIn('signed-in', { renewal: { reason: 'scope', step: 'ask', problem: undefined } })
    for (const account of [stateIn('authorise'), renewing]) {
      const view = viewIn(account, { ...home, servers })
      expect(view.screen).toMatchObject({ beeperName: 'Office' })
      expect(view.beeper).toMatchObject({ origin: server.origin, name: 'Office' })
    }
  })
})

describe('the Beeper in use', () => {
  test.each([
    ['http://127.0.0.1:23373', false],
    ['http://[::1]:23373', false],
    ['https://beeper.example.com', true],
  ])('ORI-1: %s is on another computer: %s', (origin, isRemote) => {
    const account = stateIn('signed-in', { server: { ...server, origin } })
    expect(viewIn(account, home).beeper).toEqual({ origin, name: 'Beeper', version: '4.3.0', isRemote })
    expect(viewIn(account, settings).screen).toMatchObject({ name: 'settings', isRemote })
  })

  test('is nobody while the person looks for one', () => {
    expect(viewIn({ phase: 'away' }).beeper).toBeUndefined()
  })
})

describe('the end of a permission', () => {
  const expiresAtMs = 1_700_000_000_000
  const withEnd = stateIn('signed-in', { credentials: { ...credentials, expiresAtMs } })

  test('is said on Home once it is near, and in the settings always', () => {
    expect(screenIn(withEnd, home)).toMatchObject({ name: 'home', expiresAtMs: undefined })
    expect(screenIn({ ...withEnd, isExpiring: true }, home)).toMatchObject({ name: 'home', expiresAtMs })
    for (const isExpiring of [true, false])
      expect(screenIn({ ...withEnd, isExpiring }, settings)).toMatchObject({ name: 'settings', expiresAtMs })
  })
})

describe('settings', () => {
  test.each(['account', 'oauth', 'manual'] as const)('say how and where a sign-in is kept: %s', (source) => {
    const busy = { isBusy: true, problem: undefined }
    const idle = { isBusy: false, problem }
    for (const keptIn of ['keychain', 'this-run'] as const) {
      const account = stateIn('signed-in', { credentials: { ...credentials, source }, keptIn, keeping: busy, signingOut: idle })
      expect(screenIn(account, settings)).toEqual({
        name: 'settings',
        userID: '@sam:beeper.com',
        keptIn,
        source,
        isRemote: false,
        expiresAtMs: undefined,
        keeping: busy,
        signingOut: idle,
        isContentProtected: true,
      })
      expect(screenIn(account, home)).toMatchObject({ name: 'home', keptIn })
    }
  }) // prettier-ignore

  test('ONE-4: say whether the window is kept out of screenshots while a key or code shows', () => {
    for (const isContentProtected of [true, false])
      expect(screenIn(stateIn('signed-in'), { ...settings, isContentProtected })).toMatchObject({ isContentProtected })
  })

  test('say who is signed in as far as anybody knows', () => {
    const nobody = { ...credentials, userID: undefined }
    const before = { ...signedInState(undefined), wish: { at: 'settings' } } as const
    expect(screenIn(stateIn('signed-in', { credentials: nobody }), settings)).toMatchObject({
      userID: '@sam:beeper.com',
    })
    expect(screenIn(stateIn('signed-in'), before)).toMatchObject({ userID: '@sam:beeper.com' })
    expect(screenIn(stateIn('signed-in', { credentials: nobody }), before)).toMatchObject({ userID: '' })
  })
})

describe('the list', () => {
  test('shows what is under way beside it', () => {
    const finding = { isDemoStarting: true, opening: 'a', asking: 'b', forgetting: 'c', problem }
    expect(screenIn({ phase: 'away' }, { finding })).toMatchObject({ name: 'find', ...finding })
  })

  test('says that it is looking until the first look has ended', () => {
    for (const hasLooked of [true, false])
      expect(
        screenIn({ phase: 'away' }, { discovery: { ...restingState.discovery, hasLooked, found: [found] } }),
      ).toMatchObject({ isLooking: !hasLooked, beepers: [{ origin: server.origin, state: 'signed-out' }] })
  })
})
