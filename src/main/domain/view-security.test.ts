import type { SetupState } from '#contract/beeper/setup'
import type { ScreenOf } from '#contract/view'
import { describe, expect, test } from 'vitest'
import { keyAt, stands } from '../testing/new-key-roads.ts'
import { about, chatAccount, network, problem, server, setupOf, setups } from '../testing/samples.ts'
import { after, appWith, readAs, readingOf, screenOf, setupWith, viewWith } from '../testing/security-play.ts'
import { restingState, securityIn, signedInState } from '../testing/states.ts'
import { failureOf, request } from '../testing/verification-events.ts'
import type { AppState } from './app-state.ts'
import { screenFor } from './place.ts'
import { viewOf } from './view.ts'

type Name = SetupState['state']

describe('the screen follows the server’s state', () => {
  test('preparing says what the server calls its state, and since when', () => {
    for (const name of ['initializing', 'needs-login', 'unsupported'] as const) {
      const { wireState } = setupOf(name)
      expect(screenOf('preparing', readAs(name))).toEqual({ name: 'preparing', wireState, sinceMs: 20 })
    }
  })

  test('the sync says since when, and goes on while the person is elsewhere', () => {
    const syncing = after(readAs('needs-verification'), readingOf('needs-first-sync', [], 700))
    expect(screenOf('first-sync', syncing)).toEqual({ name: 'first-sync', sinceMs: 700 })
    expect(screenOf('connect', syncing, { wish: { at: 'connect' } }).isSyncing).toBe(true)
    expect(screenOf('first-sync', after(syncing, readingOf('needs-first-sync', [], 900))).sinceMs).toBe(700)
  })

  test('the doors say why no other device could be asked, here and where keys are missing', () => {
    for (const [state, name] of [
      ['needs-verification', 'verify'],
      ['needs-secrets', 'secrets'],
    ] as const) {
      expect(screenOf(name, readAs(state)).problem).toBeUndefined()
      expect(screenOf(name, after(readAs(state), request, failureOf('request'))).problem).toEqual(problem)
    }
  })

  test('missing keys can be typed, and say since when they are missing', () => {
    expect(screenOf('secrets', readAs('needs-secrets'))).toEqual({
      name: 'secrets',
      unlock: { phase: 'ask', sinceMs: 0, problem: undefined },
      sinceMs: 20,
      problem: undefined,
    })
  })

  test('is never Home or the networks while the server needs something first', () => {
    const needs: readonly Name[] = [
      'needs-login',
      'initializing',
      'needs-cross-signing-setup',
      'needs-verification',
      'needs-secrets',
      'unsupported',
    ]
    for (const name of needs)
      for (const wish of [{ at: 'home' }, { at: 'connect' }, { at: 'go-on' }] as const)
        expect(['home', 'connect', 'connection']).not.toContain(screenFor(appWith(readAs(name), { wish })).name)
  })
})

describe('the screen of a new key', () => {
  const networksOf = (...networks: AppState['networks']['networks']): Partial<AppState> => ({
    networks: { ...restingState.networks, status: 'loaded', networks },
  })
  const screen = (name: Name, more: Partial<AppState> = {}): ScreenOf<'recovery-key'> =>
    screenOf('recovery-key', keyAt('ask', name), more)

  test.each([
    ['needs-cross-signing-setup', 'first'],
    ['needs-verification', 'reset'],
    ['needs-secrets', 'reset'],
    ['ready', 'backup'],
    ['needs-first-sync', 'backup'],
  ] as const)('in %s it is for %s', (name, reason) => {
    expect(screen(name).reason).toBe(reason)
  })

  test.each(stands)('%s: where the person may go elsewhere instead', (stand) => {
    const isBusy = stand === 'creating' || stand === 'confirming'
    expect(screenOf('recovery-key', keyAt(stand, 'needs-verification')).canLeave).toBe(!isBusy)
    expect(screenOf('recovery-key', keyAt(stand, 'ready')).canLeave).toBe(!isBusy)
    // Without any key there is nowhere else to go, but for one that the server has taken.
    expect(screenOf('recovery-key', keyAt(stand, 'needs-cross-signing-setup')).canLeave).toBe(stand === 'confirmed')
  })

  test('names the connected networks and what they are, and no other', () => {
    const cloud = { ...network, bridgeID: 'c', name: 'Slack', type: 'slack', provider: 'cloud' as const }
    const empty = { ...network, bridgeID: 'e', accounts: [] }
    const beeper = { ...network, bridgeID: 'm', type: 'matrix' }
    const two = { ...cloud, accounts: [chatAccount, { ...chatAccount, name: 'Work' }] }
    for (const name of ['needs-verification', 'needs-secrets', 'ready'] as const)
      expect(screen(name, networksOf(network, two, empty, beeper))).toMatchObject({
        networksStatus: 'loaded',
        networks: [
          { name: 'WhatsApp', type: 'whatsapp', group: 'this-device', accountNames: ['Sam'] },
          { name: 'Slack', type: 'slack', group: 'cloud', accountNames: ['Sam', 'Work'] },
        ],
      })
  })

  test('says whether the networks are known yet', () => {
    for (const status of ['loading', 'loaded', 'failed'] as const)
      expect(screen('ready', { networks: { ...restingState.networks, status } }).networksStatus).toBe(status)
  })

  test('a first key concerns nothing that is there already', () => {
    expect(screen('needs-cross-signing-setup', networksOf(network))).toMatchObject({
      networks: [],
      networksStatus: 'loaded',
    })
  })
})

describe('the details', () => {
  const flags: SetupState['flags'] = {
    initialized: true,
    secretStorage: false,
    crossSigning: true,
    verified: false,
    secrets: {
      masterKey: true,
      selfSigningKey: false,
      userSigningKey: true,
      megolmBackupKey: false,
      recoveryKey: true,
    },
    keyBackup: false,
    firstSyncDone: true,
    hasBackedUpRecoveryKey: false,
  }
  const setup = setupWith('unsupported', { flags, keyMadeAtMs: 1_700_000_000_000 })

  test('hold every flag under its own name, the raw state, the person and the time of the key', () => {
    expect(viewWith(readAs(setup)).encryption).toEqual({
      wireState: 'needs-account-migration',
      userID: '@sam:beeper.com',
      keyMadeAtMs: 1_700_000_000_000,
      flags: {
        initialized: true,
        secretStorage: false,
        crossSigning: true,
        verified: false,
        'secrets.masterKey': true,
        'secrets.selfSigningKey': false,
        'secrets.userSigningKey': true,
        'secrets.megolmBackupKey': false,
        'secrets.recoveryKey': true,
        keyBackup: false,
        firstSyncDone: true,
        hasBackedUpRecoveryKey: false,
      },
    })
  })

  const names = Object.keys(flags).filter((name) => name !== 'secrets') as Exclude<keyof typeof flags, 'secrets'>[]
  test.each(names)('%s is that flag and no other', (name) => {
    const turned = { ...flags, [name]: !flags[name] }
    const before = viewWith(readAs(setup)).encryption?.flags
    expect(viewWith(readAs({ ...setup, flags: turned })).encryption?.flags).toEqual({ ...before, [name]: !flags[name] })
  })

  test('are there as soon as the server has spoken, and only while somebody is signed in', () => {
    for (const one of setups) expect(viewWith(readAs(one)).encryption?.wireState).toBe(one.wireState)
    expect(viewWith(readAs('needs-login')).encryption?.userID).toBe('')
    expect(viewWith(securityIn(undefined)).encryption).toBeUndefined()
    expect(viewOf({ ...signedInState(setup), account: { phase: 'away' } }, about).encryption).toBeUndefined()
  })
})

describe('the reminder that no key is kept', () => {
  const home = (setup: SetupState, more: Partial<AppState> = {}): ScreenOf<'home'> =>
    screenOf('home', readAs(setup), { wish: { at: 'home' }, ...more })

  test.each([
    ['ready', false, true],
    ['ready', true, false],
    ['needs-first-sync', false, false],
    ['needs-first-sync', true, false],
  ] as const)('in %s, kept %s: shown %s', (name, isKeyBackedUp, isKeyReminderShown) => {
    expect(home(setupWith(name, { isKeyBackedUp }))).toMatchObject({ isKeyBackedUp, isKeyReminderShown })
  })

  test('is put away for the server that it was put away for', () => {
    const ready = setupWith('ready')
    expect(home(ready, { keyRemindersDismissed: [server.origin] }).isKeyReminderShown).toBe(false)
    expect(home(ready, { keyRemindersDismissed: ['http://127.0.0.1:1'] }).isKeyReminderShown).toBe(true)
    // What it said stays true, and can be read there.
    expect(home(ready, { keyRemindersDismissed: [server.origin] }).isKeyBackedUp).toBe(false)
  })

  test('leads to the screen of a new key, from wherever it can be clicked', () => {
    for (const name of ['ready', 'needs-first-sync'] as const) {
      const asked = after(readAs(name), { type: 'doorOpened', door: 'new-key' })
      expect(screenOf('recovery-key', asked, { wish: { at: 'home' } })).toMatchObject({
        reason: 'backup',
        canLeave: true,
      })
      expect(screenOf('home', after(asked, { type: 'keyLeft' }), { wish: { at: 'home' } }).name).toBe('home')
    }
  })
})
