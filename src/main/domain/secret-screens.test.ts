import type { InputField } from '#contract/beeper/fields'
import type { Display, LoginStep } from '#contract/beeper/login'
import type { Problem } from '#contract/problem'
import type { Screen, ScreenName, ScreenOf } from '#contract/view'
import type { ConnectionStage } from '#contract/view-connect'
import type { UnlockView, VerificationStage } from '#contract/view-security'
import { describe, expect, test } from 'vitest'
import { displayStep, formStep, inputField, siteStep, standingAt } from '../testing/connect-states.ts'
import { stageSeen } from '../testing/connect-play.ts'
import { holdsSecret, opensCamera, remember, showsSecret } from './secret-screens.ts'
import type { PageMemory } from './secret-screens.ts'

const problem: Problem = { code: 'unexpected', retry: 'now' }
const unlockIn = (phase: UnlockView['phase']): UnlockView => ({ phase, sinceMs: 0, problem: undefined })

type KeyScreen = ScreenOf<'recovery-key'>

function recoveryKey(phase: KeyScreen['phase'], reason: KeyScreen['reason'] = 'reset'): KeyScreen {
  const rest = { unfinished: 'none', networks: [], networksStatus: 'loaded', canLeave: true } as const
  return { name: 'recovery-key', phase, reason, ...rest, sinceMs: 0, problem: undefined }
}

function verification(stage: VerificationStage): Screen {
  const peer = { userID: '@ada:beeper.com', deviceID: 'PHONE', deviceName: 'Phone', isOwn: true }
  return {
    name: 'verification',
    verification: { verificationID: 'v1', stage, peer, canCancel: true, isBusy: false, problem: undefined, sinceMs: 0 },
    hasOtherDoors: true,
  }
}

const choosing = (qr: string | undefined, isScanning: boolean): VerificationStage => ({
  at: 'choosing',
  canCompare: true,
  qr,
  canScan: true,
  isScanning,
})

const connection = (stage: ConnectionStage, connectionID = 'c1'): Screen => ({
  name: 'connection',
  connection: { connectionID, networkName: 'WhatsApp', networkType: 'whatsapp', stage },
})
const inStep = (step: LoginStep, connectionID?: string): Screen => connection(stageSeen(standingAt(step)), connectionID)
const display = (shown: Display, connectionID?: string): Screen => inStep(displayStep(shown), connectionID)
const secretTypes: readonly InputField['type'][] = ['password', 'token', 'code']
const formOf = (...types: readonly InputField['type'][]): LoginStep => ({
  ...formStep,
  fields: types.map((type) => inputField({ id: type, type, isSecret: secretTypes.includes(type) })),
})
const form = (...types: readonly InputField['type'][]): Screen => inStep(formOf(...types))
const done = connection({
  ...{ phase: 'done', person: undefined, wasKnown: false, watch: 'watching', statusText: '', instructions: '' },
})

interface Case {
  readonly screen: Screen
  readonly shows?: true
  readonly holds?: true
}

const key = { shows: true, holds: true } as const
const stages: Readonly<Record<VerificationStage['at'], readonly Case[]>> = {
  requesting: [{ screen: verification({ at: 'requesting' }) }],
  incoming: [{ screen: verification({ at: 'incoming', canAccept: true }) }],
  outgoing: [{ screen: verification({ at: 'outgoing' }) }],
  choosing: [
    { screen: verification(choosing(undefined, false)) },
    { screen: verification(choosing('MATRIX', false)), shows: true },
    { screen: verification(choosing(undefined, true)), shows: true },
  ],
  comparing: [true, false].map((canAnswer) => ({
    screen: verification({ at: 'comparing', emojis: ['🐶'], decimals: ['1234'], canAnswer }),
    shows: true,
  })),
  scanned: [{ screen: verification({ at: 'scanned', canAnswer: true }) }],
  read: [{ screen: verification({ at: 'read' }) }],
  settling: [{ screen: verification({ at: 'settling' }) }],
  done: [{ screen: verification({ at: 'done' }) }],
  ended: [{ screen: verification({ at: 'ended', why: 'mismatch', says: '' }) }],
  unknown: [{ screen: verification({ at: 'unknown', wireState: 'later' }) }],
}
const steps: Readonly<Record<LoginStep['type'], readonly Case[]>> = {
  user_input: [
    { screen: form('text', 'email', 'phone', 'username', 'url', 'domain', 'select', 'captcha') },
    { screen: form('username', 'password'), holds: true },
    { screen: form('code'), holds: true },
    { screen: form('token'), holds: true },
  ],
  display_and_wait: [
    { screen: display({ type: 'qr', data: '2@x' }), shows: true },
    { screen: display({ type: 'code', data: 'ABCD-1234' }), shows: true },
    { screen: display({ type: 'emoji', imageURL: 'https://example.com/a.png', emoji: '🐶' }), shows: true },
    { screen: display({ type: 'nothing' }) },
    { screen: display({ type: 'unsupported', wireType: 'dance' }) },
  ],
  // Its values are pasted by hand.
  cookies: [{ screen: inStep(siteStep), holds: true }],
  complete: [{ screen: inStep({ type: 'complete', instructions: '' }) }],
  unsupported: [{ screen: inStep({ type: 'unsupported', wireType: 'dance', instructions: '' }) }],
  unreadable: [{ screen: inStep({ type: 'unreadable', wireType: 'user_input' }) }],
}
const phases: Readonly<Record<ConnectionStage['phase'], readonly Case[]>> = {
  loading: [{ screen: connection({ phase: 'loading' }) }],
  choosing: [{ screen: connection({ phase: 'choosing', flows: [] }) }],
  starting: [{ screen: connection({ phase: 'starting' }) }],
  step: Object.values(steps).flat(),
  done: [{ screen: done }],
  failed: [{ screen: connection({ phase: 'failed', problem, otherFlows: [] }) }],
  interrupted: [{ screen: connection({ phase: 'interrupted' }) }],
}
const cases: Readonly<Record<ScreenName, readonly Case[]>> = {
  starting: [{ screen: { name: 'starting', waitsFor: 'beeper', isSlow: false } }],
  find: [
    {
      screen: {
        ...{ name: 'find', beepers: [], isLooking: true, opening: undefined, asking: undefined, forgetting: undefined },
        ...{ isDemoStarting: false, problem: undefined },
      },
    },
  ],
  unreachable: [{ screen: { name: 'unreachable', origin: 'http://127.0.0.1:23373', problem } }],
  email: [{ screen: { name: 'email', email: '', isBusy: false, problem: undefined } }],
  code: [
    {
      screen: {
        ...{ name: 'code', email: 'ada@example.com', busy: 'checking', sentCount: 1, canResend: true },
        ...{ resendAfterMs: 1, problem: undefined },
      },
    },
  ],
  register: [
    {
      screen: {
        ...{ name: 'register', title: '', usernamePlaceholder: '', submitLabel: '', terms: '', suggestions: [] },
        ...{ isBusy: false, problem: undefined },
      },
    },
  ],
  authorise: (['ask', 'waiting', 'finishing', 'checking'] as const).map((phase) => ({
    screen: { name: 'authorise', phase, reason: 'first', beeperName: 'Beeper', problem: undefined },
    ...(phase === 'checking' ? { holds: true } : {}),
  })),
  keychain: [{ screen: { name: 'keychain', during: 'save', isBusy: false, problem } }],
  preparing: [{ screen: { name: 'preparing', wireState: 'initializing', sinceMs: 0 } }],
  verify: [{ screen: { name: 'verify', problem: undefined } }],
  verification: Object.values(stages).flat(),
  'recovery-key': [
    { screen: recoveryKey('ask', 'first') },
    // The old key may be typed there.
    ...(['ask', 'creating', 'showing', 'confirming', 'confirmed'] as const).map((phase) => ({
      screen: recoveryKey(phase),
      ...key,
    })),
  ],
  unlock: (['ask', 'checking', 'accepted'] as const).map((phase) => ({
    screen: { name: 'unlock', unlock: unlockIn(phase) },
    ...key,
  })),
  secrets: (['ask', 'checking', 'accepted'] as const).map((phase) => ({
    screen: { name: 'secrets', unlock: unlockIn(phase), sinceMs: 0, problem: undefined },
    ...key,
  })),
  'first-sync': [{ screen: { name: 'first-sync', sinceMs: 0 } }],
  connect: [
    {
      screen: {
        ...{ name: 'connect', status: 'loaded', networks: [], problem: undefined },
        ...{ connectedCount: 0, isSyncing: false },
      },
    },
  ],
  connection: Object.values(phases).flat(),
  home: [
    {
      screen: {
        ...{ name: 'home', userID: '@ada:beeper.com', status: 'loaded', accounts: [], problem: undefined },
        ...{ security: 'ready', isKeyBackedUp: true, isKeyReminderShown: false, keptIn: 'keychain' },
        expiresAtMs: undefined,
      },
    },
  ],
  settings: [
    {
      screen: {
        ...{ name: 'settings', userID: '@ada:beeper.com', keptIn: 'keychain', source: 'account', isRemote: false },
        ...{ expiresAtMs: undefined, keeping: { isBusy: false, problem: undefined } },
        ...{ signingOut: { isBusy: false, problem: undefined }, isContentProtected: true },
      },
    },
  ],
}
const all = Object.values(cases).flat()
const label = ({ screen }: Case): string => JSON.stringify(screen)
const named = all.map((one) => [label(one), one] as const)

test.each(named)('ONE-4: whether a secret is on the screen: %s', (_label, { screen, shows = false }) => {
  expect(showsSecret(screen)).toBe(shows)
})

test.each(named)('SEC-6: whether the page holds a secret that stays good: %s', (_label, { screen, holds = false }) => {
  expect(holdsSecret(screen)).toBe(holds)
})

test.each(named)('WIN-4: the camera is for the open scanner alone: %s', (_label, { screen }) => {
  const isScanner = label({ screen }) === label({ screen: verification(choosing(undefined, true)) })
  expect(opensCamera(screen)).toBe(isScanner)
})

describe('SEC-6: when a page is stale', () => {
  const staleAt = (...screens: readonly Screen[]): readonly number[] => {
    let memory: PageMemory | undefined
    return screens.flatMap((screen, index) => {
      const turn = remember(memory, screen)
      memory = turn.memory
      return turn.isStale ? [index] : []
    })
  }
  const other: Screen = { name: 'first-sync', sinceMs: 0 }
  const home: Screen = { name: 'verify', problem: undefined }

  test.each(named)('SEC-6: once after %s, and not before it is left', (_label, { screen, holds = false }) => {
    expect(staleAt(screen, screen)).toEqual([])
    const elsewhere = screen.name === other.name ? home : other
    expect(staleAt(screen, screen, elsewhere, screen.name === 'verify' ? other : home)).toEqual(holds ? [2] : [])
  })

  test('SEC-6: not while the new key goes from one phase to the next, but when it is given up on its own screen', () => {
    const road = (['ask', 'creating', 'showing', 'confirming', 'showing', 'confirmed'] as const).map((phase) =>
      recoveryKey(phase),
    )
    expect(staleAt(...road, other)).toEqual([6])
    expect(staleAt(...road.slice(0, 3), recoveryKey('ask'), recoveryKey('creating'), other)).toEqual([3, 5])
  })

  test('SEC-6: a new key that could not be made leaves the page, and what was ticked on it, as it is', () => {
    const road = (['ask', 'creating', 'ask', 'creating', 'ask'] as const).map((phase) => recoveryKey(phase, 'first'))
    expect(staleAt(...road, other)).toEqual([])
    expect(staleAt(...road.map(({ phase }) => recoveryKey(phase)), other), 'where an old key may be typed').toEqual([5])
  })

  test('SEC-6: from one screen with a secret to the next it is made anew in between', () => {
    const secrets: Screen = { name: 'secrets', unlock: unlockIn('ask'), sinceMs: 0, problem: undefined }
    expect(staleAt({ name: 'unlock', unlock: unlockIn('accepted') }, secrets, other)).toEqual([1, 2])
  })

  test('SEC-6: a password is remembered over the further steps of its sign-in', () => {
    expect(staleAt(form('password'), display({ type: 'qr', data: 'x' }), done, home, other)).toEqual([3])
    const failed = connection({ phase: 'failed', problem, otherFlows: [] })
    expect(staleAt(form('password'), failed, form('password'), done, home, other)).toEqual([4])
  })

  test('SEC-6: from one connection to another the page is made anew, if the first had a secret', () => {
    const second = inStep(formOf('username'), 'c2')
    for (const first of [form('password'), form('code'), form('token'), inStep(siteStep)])
      expect(staleAt(first, second, other)).toEqual([1])
    for (const first of [form('username'), display({ type: 'qr', data: 'x' }), done])
      expect(staleAt(first, second, other)).toEqual([])
  })

  test('SEC-6: back and forth between two with secrets, at each turn, and once more when both are left', () => {
    const second = inStep(formOf('password'), 'c2')
    expect(staleAt(form('password'), second, form('password'), form('password'), other, home)).toEqual([1, 2, 4])
    // The secret was on an earlier step of the first.
    expect(staleAt(form('token'), display({ type: 'nothing' }), display({ type: 'nothing' }, 'c2'), other)).toEqual([2])
  })
})
