// What the lists say of an account after its sign-in, in every order in which they may say it.
import type { ChatAccount } from '#contract/beeper/networks'
import { describe, expect, test } from 'vitest'
import { after, answered, begunAt, effectsOf, ends, looked, path, play, stageSeen } from '../testing/connect-play.ts'
import { complete, flow, formStep, login, qrStep, subject } from '../testing/connect-states.ts'
import { initial } from './connect-state.ts'
import type { ConnectEvent, ConnectState } from './connect-state.ts'

const list = (...accounts: readonly ChatAccount[]): ConnectEvent => ({ type: 'accountsRead', accounts })
const over: ConnectEvent = { type: 'watchEnded' }
const of = (status: ChatAccount['status']): ConnectEvent => list(login({ status }))

/** What may be heard of it: nothing in the list, in need, still settling, well, and the end of the watch. */
const heard = {
  none: list(),
  need: of('reconnect_required'),
  busy: of('backfilling'),
  good: of('connected'),
  over,
} as const
type Heard = keyof typeof heard

const watchOf = (state: ConnectState): string => {
  const seen = stageSeen(state)
  if (seen.phase !== 'done') throw new Error(seen.phase)
  return seen.watch
}

/** A connection that has just been completed; `known`: its account was there before. */
const completed = (known: readonly ChatAccount[] = [], outcome: Parameters<typeof ends>[0] = complete): ConnectState =>
  after(
    initial(subject),
    list(...known),
    { type: 'opened' },
    { type: 'flowsRead', flows: [flow] },
    answered(qrStep),
    ends(outcome),
  )
const fresh = completed()
const renewed = completed([login({ status: 'reconnect_required' })])

/** How it is told after all that was heard, in this order. */
const stories: readonly (readonly [what: readonly Heard[], fresh: string, renewed: string])[] = [
  [[], 'watching', 'watching'],
  [['none'], 'watching', 'watching'],
  [['good'], 'watching', 'watching'],
  [['busy'], 'watching', 'watching'],
  // A list that is older than the sign-in is no relapse of an account that was in need before.
  [['need'], 'fell-off', 'watching'],
  [['over'], 'unseen', 'unseen'],
  [['none', 'over'], 'unseen', 'unseen'],
  [['over', 'none'], 'unseen', 'unseen'],
  [['good', 'over'], 'well', 'well'],
  [['over', 'good'], 'well', 'well'],
  [['busy', 'over'], 'settling', 'settling'],
  [['over', 'busy'], 'settling', 'settling'],
  // By then every list is younger than the sign-in.
  [['need', 'over'], 'fell-off', 'fell-off'],
  [['over', 'need'], 'fell-off', 'fell-off'],
  [['need', 'good'], 'watching', 'watching'],
  [['good', 'need'], 'fell-off', 'fell-off'],
  [['busy', 'need'], 'fell-off', 'fell-off'],
  [['good', 'none'], 'watching', 'watching'],
  [['good', 'need', 'good'], 'watching', 'watching'],
  [['good', 'need', 'over'], 'fell-off', 'fell-off'],
  [['good', 'need', 'over', 'good'], 'well', 'well'],
  [['good', 'over', 'need'], 'fell-off', 'fell-off'],
  [['good', 'over', 'need', 'busy'], 'settling', 'settling'],
  [['good', 'over', 'none'], 'unseen', 'unseen'],
  [['busy', 'over', 'good'], 'well', 'well'],
  [['over', 'busy', 'good'], 'well', 'well'],
  [['over', 'none', 'good'], 'well', 'well'],
  [['need', 'good', 'need'], 'fell-off', 'fell-off'],
  [['need', 'good', 'over'], 'well', 'well'],
]

describe('the watch over an account', () => {
  test.each(stories)('%j: one that is new is %s, one that was known is %s', (what, asFresh, asRenewed) => {
    const events = what.map((name) => heard[name])
    expect(watchOf(after(fresh, ...events))).toBe(asFresh)
    expect(watchOf(after(renewed, ...events))).toBe(asRenewed)
  })

  test('in whatever order: well only if it was seen well last, and fallen off only if it was seen in need last', () => {
    const names = Object.keys(heard) as Heard[]
    const orders = (length: number): readonly (readonly Heard[])[] =>
      length === 0 ? [[]] : orders(length - 1).flatMap((some) => names.map((name) => [...some, name]))
    for (const order of [1, 2, 3, 4].flatMap(orders))
      for (const from of [fresh, renewed]) {
        const [then, effects] = play(from, ...order.map((name) => heard[name]))
        const last = order.filter((name) => name !== 'over').at(-1)
        const isOver = order.includes('over')
        const watch = watchOf(then)
        expect(effects).toEqual([])
        if (last !== 'need') {
          const told = { none: 'unseen', busy: 'settling', good: 'well' } as const
          expect(watch).toBe(isOver ? (last === undefined ? 'unseen' : told[last]) : 'watching')
        } else if (isOver || from === fresh) expect(watch).toBe('fell-off')
      }
  })

  test.each([
    ['connected', 'well'],
    ['connecting', 'settling'],
    ['backfilling', 'settling'],
    // May heal by itself (semantics 5).
    ['disconnected', 'settling'],
    ['connection_required', 'fell-off'],
    ['reconnect_required', 'fell-off'],
    ['attention_required', 'fell-off'],
  ] as const)('an account that is %s is told as %s', (status, watch) => {
    expect(watchOf(after(fresh, over, of(status)))).toBe(watch)
  })

  test('the server’s own sentence about the account is told, and that of the one in need', () => {
    const [one, two] = [
      login({ statusText: 'Fine' }),
      login({ status: 'reconnect_required', statusText: 'Signed out' }),
    ]
    expect(stageSeen(after(fresh, list(one, two)))).toMatchObject({ statusText: 'Signed out', watch: 'fell-off' })
    expect(stageSeen(after(fresh, list(one)))).toMatchObject({ statusText: 'Fine' })
    expect(stageSeen(after(fresh, list(one), list()))).toMatchObject({ statusText: '' })
  })

  test('one login may own several accounts: all of them are watched, and nobody else’s', () => {
    const others = [
      login({ loginID: 'other', status: 'reconnect_required' }),
      login({ loginID: undefined, status: 'reconnect_required' }),
      login({ bridgeID: 'elsewhere', status: 'reconnect_required' }),
    ]
    expect(watchOf(after(fresh, list(login(), ...others), over))).toBe('well')
    expect(watchOf(after(fresh, list(login(), login({ accountID: 'b', status: 'connecting' })), over))).toBe('settling')
    expect(watchOf(after(fresh, list(login(), login({ accountID: 'b', status: 'attention_required' }))))).toBe(
      'fell-off',
    )
  })

  test('the end of a watch says nothing anywhere else', () => {
    for (const state of [begunAt(formStep), after(begunAt(formStep), { type: 'left' })])
      expect(play(state, over)).toEqual([state, []])
  })

  test('one that fell off is begun anew, and only such a one', () => {
    const fallen = after(fresh, heard.good, heard.need)
    expect(effectsOf(fallen, { type: 'startedOver' })).toEqual([
      { type: 'create', bridgeID: subject.bridgeID, flowID: 'qr' },
    ])
    for (const state of [fresh, after(fresh, over), after(fallen, heard.good)])
      expect(play(state, { type: 'startedOver' })).toEqual([state, []])
  })
})

describe('R10: an account that was connected before', () => {
  test('R10: is renewed, and is no further one', () => {
    expect(stageSeen(renewed)).toMatchObject({ wasKnown: true })
    expect(stageSeen(fresh)).toMatchObject({ wasKnown: false })
    expect(stageSeen(completed([login({ loginID: 'other' })]))).toMatchObject({ wasKnown: false })
    expect(stageSeen(completed([login({ bridgeID: 'elsewhere' })]))).toMatchObject({ wasKnown: false })
  })

  test('R10: what the lists say while it is being connected does not make it one', () => {
    // The list may be quicker than the answer.
    const [opened] = play(initial(subject), list(), { type: 'opened' }, { type: 'flowsRead', flows: [flow] })
    expect(stageSeen(after(opened, list(login()), answered(qrStep), ends(complete)))).toMatchObject({ wasKnown: false })
    expect(stageSeen(after(opened, answered(qrStep), list(login()), ends(complete)))).toMatchObject({ wasKnown: false })
  })

  test('R10: one that fell off and is begun anew is known by then', () => {
    const anew = after(fresh, heard.need, { type: 'startedOver' }, answered(qrStep), ends(complete))
    expect(stageSeen(anew)).toMatchObject({ wasKnown: true, watch: 'watching' })
    // The list of before is no second relapse.
    expect(watchOf(after(anew, heard.need))).toBe('watching')
    expect(watchOf(after(anew, heard.good, heard.need))).toBe('fell-off')
  })

  test('R10: for a session of an earlier run, what was there is what the lists say first', () => {
    const resumed = { type: 'resumed', loginSessionID: path.loginSessionID, flowID: 'qr', ageMs: 0 } as const
    // Nothing has been read yet when it is resumed.
    const waiting = after(initial(subject), list(), resumed, looked(qrStep))
    expect(stageSeen(after(waiting, list(login()), ends(complete)))).toMatchObject({ wasKnown: true })
    expect(stageSeen(after(waiting, list(), list(login()), ends(complete)))).toMatchObject({ wasKnown: false })
    expect(stageSeen(after(waiting, ends(complete)))).toMatchObject({ wasKnown: false })
  })

  test('R10: what was connected between two tries is known at the second', () => {
    const failed = after(begunAt(qrStep), ends({ kind: 'cancelled' }), list(login()))
    const [then] = play(failed, { type: 'startedOver' }, answered(qrStep), ends(complete))
    expect(stageSeen(then)).toMatchObject({ wasKnown: true })
  })
})

describe('R25: a completion that carries nothing but a text', () => {
  const bare = {
    ...complete,
    person: undefined,
    loginID: undefined,
    accountIDs: [],
    instructions: 'Signed in',
  } as const
  const before = login({
    loginID: 'before',
    accountID: 'before',
    person: { name: 'Ada', detail: '', imageURL: undefined },
  })
  const done = completed([before], bare)

  test('R25: is told as it stands, until the account is listed seconds later', () => {
    expect(stageSeen(done)).toMatchObject({ person: undefined, instructions: 'Signed in', wasKnown: false })
    const still = after(done, list(before))
    expect(stageSeen(still)).toMatchObject({ person: undefined, watch: 'watching' })
    const found = after(still, list(before, login()))
    expect(stageSeen(found)).toMatchObject({ person: { name: 'Sam' }, watch: 'watching' })
    expect(watchOf(after(found, over))).toBe('well')
  })

  test('R25: from then on it is that account, whatever else is connected', () => {
    const found = after(done, list(before, login()))
    const later = login({ loginID: 'later', status: 'reconnect_required' })
    expect(watchOf(after(found, list(later, before, login())))).toBe('watching')
    expect(watchOf(after(found, over, list(later, before)))).toBe('unseen')
  })

  test('R25: it may be found after the watch, and never is one that was there before', () => {
    expect(watchOf(after(done, list(before), over))).toBe('unseen')
    expect(watchOf(after(done, over, list(before, login())))).toBe('well')
  })

  test('R25: after an earlier run, nobody else’s account is taken for it', () => {
    const resumed = { type: 'resumed', loginSessionID: path.loginSessionID, flowID: 'qr', ageMs: 0 } as const
    const waiting = after(initial(subject), list(), resumed, looked(qrStep))
    const known = after(waiting, list(before), ends(bare))
    expect(stageSeen(after(known, list(before)))).toMatchObject({ person: undefined })
    expect(stageSeen(after(known, list(before, login())))).toMatchObject({ person: { name: 'Sam' } })
    // Where no list came before the end, nobody can tell, and nobody is named.
    expect(stageSeen(after(waiting, ends(bare), list(before, login()), over))).toMatchObject({
      person: undefined,
      watch: 'unseen',
    })
  })

  test('R25: one that names only its accounts is found by them', () => {
    const named = completed([before], { ...bare, accountIDs: ['a'] })
    const found = after(named, list(before, login({ loginID: undefined })))
    expect(stageSeen(found)).toMatchObject({ person: { name: 'Sam' } })
    expect(watchOf(after(found, over))).toBe('well')
  })
})

test('R29: logins are compared letter by letter', () => {
  for (const loginID of ['T0/U0 %2F', '__proto__', '14155550123', '@ada:x.y']) {
    const outcome = { ...complete, loginID }
    expect(stageSeen(completed([login({ loginID })], outcome))).toMatchObject({ wasKnown: true })
    expect(stageSeen(completed([login({ loginID: loginID.slice(1) })], outcome))).toMatchObject({ wasKnown: false })
    expect(watchOf(after(completed([], outcome), list(login({ loginID })), over))).toBe('well')
  }
})

test('R27: an account whose status is unknown is in nobody’s need', () => {
  expect(watchOf(after(fresh, over, of('unsupported')))).not.toBe('fell-off')
  expect(watchOf(after(fresh, over, of('disabled')))).not.toBe('fell-off')
})
