import type { Place } from '#contract/view'
import { describe, expect, test } from 'vitest'
import { accountStates, stateIn } from '../testing/account-states.ts'
import { connectStates, formStep, idle, qrStep, standingAt, subject } from '../testing/connect-states.ts'
import { keyAt, stands } from '../testing/new-key-roads.ts'
import { setupOf, setups, verificationOf } from '../testing/samples.ts'
import { after, appWith, readAs, showing } from '../testing/security-play.ts'
import { signedInState, wishes } from '../testing/states.ts'
import { allOf } from '../testing/tables.ts'
import type { ConnectState } from './connect-state.ts'
import { connectionOn, screenFor } from './place.ts'

const ready = signedInState(setupOf('ready'))

describe('screenFor', () => {
  test.each([
    ['away', 'find'],
    ['restoring', 'starting'],
    ['unreachable', 'unreachable'],
    ['keychain-shut', 'keychain'],
    ['probing', 'keychain'],
    ['email', 'email'],
    ['code', 'code'],
    ['register', 'register'],
    ['authorise', 'authorise'],
    ['unsaved', 'keychain'],
  ] as const)('signing in comes before any wish: %s is %s', (phase, name) => {
    for (const one of accountStates[phase])
      for (const wish of wishes) expect(screenFor({ ...ready, account: one, wish }).name).toBe(name)
  })

  test.each([
    ['initializing', 'preparing'],
    ['needs-login', 'preparing'],
    ['unsupported', 'preparing'],
    ['needs-cross-signing-setup', 'recovery-key'],
    ['needs-verification', 'verify'],
    ['needs-secrets', 'secrets'],
  ] as const)('encryption comes before any wish: %s is %s', (state, name) => {
    for (const wish of wishes)
      expect(screenFor({ ...signedInState(setupOf(state)), wish }).name).toBe(
        // The way out of a sign-in is open whatever the server still wants.
        wish.at === 'settings' ? 'settings' : name,
      )
  })

  test.each([
    ['needs-verification', 'choose', 'verify'],
    ['needs-verification', 'key', 'unlock'],
    ['needs-verification', 'new-key', 'recovery-key'],
    ['needs-secrets', 'choose', 'secrets'],
    // The key is typed on that screen anyway.
    ['needs-secrets', 'key', 'secrets'],
    ['needs-secrets', 'new-key', 'recovery-key'],
    ['needs-cross-signing-setup', 'key', 'recovery-key'],
    ['ready', 'choose', 'home'],
    ['ready', 'key', 'home'],
    ['ready', 'new-key', 'recovery-key'],
    ['needs-first-sync', 'choose', 'home'],
    ['needs-first-sync', 'key', 'home'],
    ['needs-first-sync', 'new-key', 'recovery-key'],
    ['initializing', 'new-key', 'preparing'],
    ['unsupported', 'key', 'preparing'],
  ] as const)('in %s, through the door %s: %s', (state, door, name) => {
    const security = after(readAs(state), { type: 'doorOpened', door })
    expect(screenFor(appWith(security, { wish: { at: 'home' } })).name).toBe(name)
    expect(screenFor(appWith(security, { wish: { at: 'settings' } })).name).toBe('settings')
  })

  test('a new key that was begun stays before the eyes, whichever door is open', () => {
    for (const stand of stands.filter((one) => one !== 'ask'))
      for (const name of ['needs-cross-signing-setup', 'needs-verification', 'needs-secrets', 'ready'] as const)
        for (const wish of wishes.filter(({ at }) => at !== 'settings'))
          expect(screenFor(appWith({ ...keyAt(stand, name), door: 'choose' }, { wish })).name).toBe('recovery-key')
  })

  test('a verification on the screen comes before any wish, but for a way out and for a server that nobody is signed in to', () => {
    const shown = showing(verificationOf('ready'), 'ready').verifications
    for (const setup of setups)
      for (const wish of wishes) {
        const security = { ...readAs(setup), verifications: shown }
        const name = setup.state === 'needs-login' ? 'preparing' : 'verification'
        expect(screenFor(appWith(security, { wish })).name).toBe(wish.at === 'settings' ? 'settings' : name)
      }
  })

  test('nothing is shown before the server has spoken', () => {
    for (const wish of wishes)
      expect(screenFor({ ...signedInState(undefined), wish }).name).toBe(
        wish.at === 'settings' ? 'settings' : 'starting',
      )
  })

  test('a permission that is asked for anew comes before any wish and any state of the server', () => {
    const account = stateIn('signed-in', { renewal: { reason: 'scope', step: 'ask', problem: undefined } })
    for (const setup of [undefined, ...setups])
      for (const wish of wishes) expect(screenFor({ ...signedInState(setup), account, wish }).name).toBe('authorise')
  })

  test.each([
    [{ at: 'go-on' }, 'first-sync'],
    [{ at: 'find' }, 'first-sync'],
    [{ at: 'connect' }, 'connect'],
    [{ at: 'home' }, 'home'],
    [{ at: 'settings' }, 'settings'],
    [{ at: 'connection', connectionID: 'gone' }, 'connect'],
  ] as const)('a sync goes on by itself: %j is %s', (wish, name) => {
    expect(screenFor({ ...signedInState(setupOf('needs-first-sync')), wish }).name).toBe(name)
  })

  test.each([
    [{ at: 'go-on' }, false, 'connect'],
    [{ at: 'go-on' }, true, 'home'],
    [{ at: 'find' }, true, 'home'],
    [{ at: 'connect' }, true, 'connect'],
    [{ at: 'home' }, false, 'home'],
    [{ at: 'settings' }, false, 'settings'],
    [{ at: 'settings' }, true, 'settings'],
    [{ at: 'connection', connectionID: 'gone' }, true, 'connect'],
  ] as const)('ready, %j, first run done %s: %s', (wish, isFirstRunDone, name) => {
    expect(screenFor({ ...ready, wish, isFirstRunDone }).name).toBe(name)
  })

  test('going on means the connection that is under way, and one that was interrupted waits until it is wanted', () => {
    for (const one of allOf(connectStates)) {
      const { phase } = one.stage
      const isShown = phase !== 'left' && phase !== 'resuming'
      const isInTheWay = isShown && phase !== 'interrupted'
      for (const at of ['go-on', 'find'] as const) {
        const where = screenFor({ ...ready, wish: { at }, connections: [one] }).name
        expect(where, phase).toBe(isInTheWay ? 'connection' : 'connect')
      }
      const wish = { at: 'connection', connectionID: subject.connectionID } as const
      expect(screenFor({ ...ready, wish, connections: [one] }).name).toBe(isShown ? 'connection' : 'connect')
      for (const at of ['home', 'connect', 'settings'] as const)
        expect(screenFor({ ...ready, wish: { at }, connections: [one] }).name).toBe(at)
    }
  })

  describe('several connections', () => {
    const named = (connectionID: string, state: ConnectState): ConnectState => ({ ...state, connectionID })
    const [form, picture] = [named('form', standingAt(formStep)), named('picture', standingAt(qrStep))]
    const [interrupted, left] = (['interrupted', 'left'] as const).map((phase) =>
      named(phase, { ...idle, stage: { phase } }),
    )
    if (interrupted === undefined || left === undefined) throw new Error('no samples')
    const shown = (wish: Place, ...connections: readonly ConnectState[]): string | undefined =>
      connectionOn({ ...ready, wish, connections })?.connectionID

    test('each is where it is wished to be', () => {
      for (const connectionID of ['form', 'picture', 'interrupted'])
        expect(shown({ at: 'connection', connectionID }, form, picture, interrupted, left)).toBe(connectionID)
      for (const connectionID of ['left', 'gone'])
        expect(shown({ at: 'connection', connectionID }, form, picture, interrupted, left)).toBeUndefined()
    })

    test('going on means the first of them, past what was left and what waits', () => {
      expect(shown({ at: 'go-on' }, left, interrupted, form, picture)).toBe('form')
      expect(shown({ at: 'go-on' }, interrupted, left)).toBeUndefined()
      expect(screenFor({ ...ready, connections: [interrupted], isFirstRunDone: true }).name).toBe('home')
    })

    test('whoever is elsewhere is not called back', () => {
      for (const at of ['home', 'connect', 'settings'] as const)
        expect(shown({ at }, form, picture, interrupted)).toBeUndefined()
    })

    test('what comes before every wish comes before a connection too, and it is there afterwards', () => {
      const wish = { at: 'connection', connectionID: 'form' } as const
      const state = { ...ready, wish, connections: [form] }
      expect(screenFor({ ...state, security: readAs('needs-verification') }).name).toBe('verify')
      expect(screenFor({ ...state, account: stateIn('email') }).name).toBe('email')
      expect(screenFor(state).name).toBe('connection')
    })
  })
})
