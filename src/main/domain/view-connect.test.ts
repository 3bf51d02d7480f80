import type { ChatAccount, Network } from '#contract/beeper/networks'
import { describe, expect, test } from 'vitest'
import { appConnecting, begunAt, stageSeen, viewConnecting } from '../testing/connect-play.ts'
import {
  connectStates,
  displayStep,
  doneState,
  flow,
  flows,
  formStep,
  idle,
  oddStep,
  qrStep,
  siteStep,
  standingAt,
  subject,
} from '../testing/connect-states.ts'
import { chatAccount, network, problem, secrets } from '../testing/samples.ts'
import { allOf } from '../testing/tables.ts'
import type { AppState } from './app-state.ts'
import type { ConnectState, Stage } from './connect-state.ts'
import { accountsOf, connectionView, networksOf, runningOf } from './view-connect.ts'

const at = (stage: Stage): ConnectState => ({ ...idle, flowID: 'qr', stage })
const named = (connectionID: string, state: ConnectState): ConnectState => ({ ...state, connectionID })
const withNetworks = (networks: readonly Network[], connections: readonly ConnectState[] = []): AppState => {
  const state = appConnecting(connections)
  return { ...state, networks: { ...state.networks, networks } }
}

describe('the list of those that run', () => {
  const rows: readonly (readonly [string, ConnectState, string | undefined])[] = [
    ['reads the ways to sign in', at({ phase: 'loading' }), 'working'],
    ['waits for a choice', at({ phase: 'choosing', flows }), 'needs-you'],
    ['begins', at({ phase: 'starting' }), 'working'],
    ['asks for something', standingAt(formStep), 'needs-you'],
    ['asks for it again', standingAt(formStep, { isRejected: true }), 'needs-you'],
    ['hands it in', standingAt(formStep, { isBusy: true }), 'working'],
    ['lost it on the way', standingAt(formStep, { isBusy: true, problem }, { inFlight: undefined }), 'working'],
    ['asks for values of a website', standingAt(siteStep), 'needs-you'],
    ['hands those in', standingAt(siteStep, { isBusy: true }), 'working'],
    ['shows a picture to scan', standingAt(qrStep), 'phone'],
    ['shows one that may have run out', standingAt(qrStep, { isStale: true }), 'phone'],
    ['shows a code', standingAt(displayStep({ type: 'code', data: 'A' })), 'phone'],
    ['shows nothing, and waits', standingAt(displayStep({ type: 'nothing' })), 'phone'],
    ['cannot show what is to be shown', standingAt(oddStep), 'needs-you'],
    ['is at its last step', standingAt({ type: 'complete', instructions: '' }), 'working'],
    ['does not know the step', standingAt({ type: 'unsupported', wireType: 'x', instructions: '' }), 'needs-you'],
    ['cannot read the step', standingAt({ type: 'unreadable', wireType: 'x' }), 'needs-you'],
    ['is connected', at(doneState()), 'done'],
    ['stayed connected', at(doneState({ watch: 'well' })), 'done'],
    ['fell off again', at(doneState({ watch: 'fell-off' })), 'fell-off'],
    ['failed', at({ phase: 'failed', problem }), 'failed'],
    ['was interrupted', at({ phase: 'interrupted' }), 'interrupted'],
    ['looks whether it is still there', at({ phase: 'resuming' }), undefined],
    ['was left', at({ phase: 'left' }), undefined],
  ]
  test.each(rows)('one that %s', (_what, state, told) => {
    const { connectionID, networkName, networkType } = subject
    const running = { connectionID, networkName, networkType, state: told, isShown: false }
    expect(runningOf(appConnecting([state]), undefined)).toEqual(told === undefined ? [] : [running])
  })

  test('has all of them in the order in which they were opened, and knows which one the screen shows', () => {
    const [one, two, three] = [
      named('one', standingAt(formStep)),
      named('two', standingAt(qrStep)),
      named('three', at({ phase: 'failed', problem })),
    ]
    const seen = (shownID: string | undefined) =>
      runningOf(appConnecting([one, two, three]), shownID).map(({ connectionID, isShown }) => [connectionID, isShown])
    expect(seen('two')).toEqual([['one', false], ['two', true], ['three', false]]) // prettier-ignore
    expect(seen(undefined)).toEqual([['one', false], ['two', false], ['three', false]]) // prettier-ignore
    const wish = { at: 'connection', connectionID: 'two' } as const
    expect(viewConnecting([one, two, three], { wish }).running.filter(({ isShown }) => isShown)).toMatchObject([
      { connectionID: 'two' },
    ])
    const away = viewConnecting([one, two, three], { wish: { at: 'home' } }).running
    expect(away.map(({ isShown }) => isShown)).toEqual([false, false, false])
  })

  test('is empty for whoever is not signed in', () => {
    expect(viewConnecting([standingAt(formStep)]).running).toHaveLength(1)
    expect(viewConnecting([standingAt(formStep)], { account: { phase: 'away' } }).running).toEqual([])
  })
})

describe('the catalogue', () => {
  test.each([
    ['available', true, true],
    ['available', false, true],
    ['connected', true, true],
    ['connected', false, false],
    ['limit_reached', true, false],
    ['temporarily_unavailable', true, false],
    ['disabled', true, false],
    ['unsupported', true, false],
  ] as const)('a network that is %s, several allowed %s: can be connected %s', (status, allowsSeveral, canConnect) => {
    const shown = networksOf(withNetworks([{ ...network, status, allowsSeveral, statusText: 'Why' }]))
    expect(shown).toMatchObject([{ canConnect, status, statusText: 'Why' }])
  })

  test('a live connection is marked at its network, one that is over is not', () => {
    for (const one of allOf(connectStates)) {
      const isLive = ['loading', 'choosing', 'starting', 'resuming', 'step'].includes(one.stage.phase)
      expect(networksOf(withNetworks([network], [one]))).toMatchObject([{ connectionID: isLive ? 'c1' : undefined }])
    }
  })

  test('several connections are marked each at its own network, beside those that are over', () => {
    const of = (bridgeID: string): Network => ({ ...network, bridgeID })
    const connections = [
      { ...named('one', standingAt(qrStep)), bridgeID: 'a' },
      { ...named('two', standingAt(formStep)), bridgeID: 'b' },
      { ...named('three', at({ phase: 'failed', problem })), bridgeID: 'b' },
      { ...named('four', at(doneState())), bridgeID: 'c' },
    ]
    const shown = networksOf(withNetworks([of('a'), of('b'), of('c'), of('d')], connections))
    expect(shown.map(({ connectionID }) => connectionID)).toEqual(['one', 'two', undefined, undefined])
  })

  test('Beeper’s own account is no network, and IDs are told apart letter by letter (R13)', () => {
    const odd = ['__proto__', 'constructor', 'a.b', 'A.B'].map((bridgeID) => ({ ...network, bridgeID }))
    const state = withNetworks([...odd, { ...network, type: 'matrix' }], [{ ...standingAt(formStep), bridgeID: 'a.b' }])
    expect(networksOf(state).map(({ bridgeID, connectionID }) => [bridgeID, connectionID])).toEqual([
      ['__proto__', undefined],
      ['constructor', undefined],
      ['a.b', 'c1'],
      ['A.B', undefined],
    ])
  })

  test.each([
    ['connected', 'connected'],
    ['connecting', 'working'],
    ['backfilling', 'working'],
    ['disconnected', 'working'],
    ['connection_required', 'needs-you'],
    ['reconnect_required', 'needs-you'],
    ['attention_required', 'needs-you'],
    ['disabled', 'off'],
    ['unsupported', 'unknown'],
  ] as const)('an account that is %s is shown as %s, in the catalogue and at Home', (status, shown) => {
    const accounts: readonly ChatAccount[] = [{ ...chatAccount, status }]
    const state = withNetworks([{ ...network, accounts }])
    expect(networksOf(state)).toMatchObject([{ accounts: [{ accountID: chatAccount.accountID, status: shown }] }])
    const lists = { ...state.networks, accounts }
    expect(viewConnecting([], { networks: lists, wish: { at: 'home' } }).screen).toMatchObject({
      accounts: [{ status: shown }],
    })
  })

  test('an account is called as the catalogue calls its network', () => {
    const state = withNetworks([{ ...network, name: 'WhatsApp' }])
    const accounts = [
      { ...chatAccount, networkName: 'whatsapp' },
      { ...chatAccount, accountID: 'b', bridgeID: 'unlisted', networkName: 'signal' },
      { ...chatAccount, accountID: 'beeper', bridgeType: 'matrix' },
    ]
    const names = accountsOf({ ...state, networks: { ...state.networks, accounts } })
    expect(names.map(({ networkName }) => networkName)).toEqual(['WhatsApp', 'signal'])
  })
})

describe('one connection', () => {
  const keys: Readonly<Record<ReturnType<typeof stageSeen>['phase'], readonly string[]>> = {
    loading: ['phase'],
    choosing: ['flows', 'phase'],
    starting: ['phase'],
    step: [
      ...['isBusy', 'isRejected', 'isStale', 'minutesLeft', 'otherFlows', 'phase', 'problem', 'serial', 'step'],
      'unfit',
    ],
    done: ['instructions', 'person', 'phase', 'statusText', 'wasKnown', 'watch'],
    failed: ['otherFlows', 'phase', 'problem'],
    interrupted: ['phase'],
  }

  test('IPC-5: the window learns what the contract names, and neither handles nor anything else', () => {
    for (const state of allOf(connectStates)) {
      const view = connectionView(state)
      expect(Object.keys(view).sort()).toEqual(['connectionID', 'networkName', 'networkType', 'stage'])
      expect(Object.keys(view.stage).sort()).toEqual(keys[view.stage.phase])
      expect(JSON.stringify(view)).not.toContain(secrets.loginSessionID)
    }
  })

  test('one that is over or not yet found again looks like one that loads', () => {
    for (const phase of ['left', 'resuming'] as const)
      for (const state of connectStates[phase]) expect(stageSeen(state)).toEqual({ phase: 'loading' })
  })

  test('the other ways are all but the one that was taken', () => {
    expect(stageSeen(begunAt(formStep))).toMatchObject({ otherFlows: [] })
    const seen = (flowID: string | undefined) => stageSeen({ ...standingAt(formStep), flowID })
    expect(seen('code')).toMatchObject({ otherFlows: [flow] })
    expect(seen(undefined)).toMatchObject({ otherFlows: flows })
  })
})
