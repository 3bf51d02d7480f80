import { failed, ok } from '#contract/problem'
import type { BeeperView, FoundBeeper } from '#contract/view'
import { describe, expect, test } from 'vitest'
import { found, marker, problem, remembered, server } from '../testing/samples.ts'
import { initial, next } from './discovery.ts'
import type { DiscoveryState } from './discovery.ts'
import { beeperRows, isRemote, nameOf, obstacleOf, originsOf } from './servers.ts'
import type { RememberedServer } from './servers.ts'

const remoteOrigin = 'https://beeper.example.com'
const ports = Array.from({ length: 20 }, (_, n) => 23373 + n)
const v6 = 'http://[::1]:23373'

/** A search that heard these answers; everything else is silent or not asked yet. */
function heard(
  answers: readonly FoundBeeper[],
  silent: readonly string[] = [],
  servers: readonly RememberedServer[] = [],
): DiscoveryState {
  const [looking] = next(initial, { type: 'wanted', origins: originsOf(servers, ports) })
  const told = [
    ...answers.map((one) => ({ origin: one.origin, result: ok(one) })),
    ...silent.map((origin) => ({ origin, result: failed(problem) })),
  ]
  return told.reduce((state, one) => next(state, { type: 'probed', ...one })[0], looking)
}

function rows(
  answers: readonly FoundBeeper[],
  servers: readonly RememberedServer[] = [],
  more: { readonly silent?: readonly string[]; readonly held?: readonly string[] } = {},
): readonly BeeperView[] {
  return beeperRows({ discovery: heard(answers, more.silent, servers), servers, heldOrigins: more.held ?? [] })
}

describe('where to look', () => {
  test('20 ports under two names of this computer, 127.0.0.1 first', () => {
    const origins = originsOf([], ports)
    expect(origins).toHaveLength(40)
    expect(origins.slice(0, 2)).toEqual(['http://127.0.0.1:23373', 'http://127.0.0.1:23374'])
    expect(origins.slice(19, 21)).toEqual(['http://127.0.0.1:23392', 'http://[::1]:23373'])
    expect(origins.at(-1)).toBe('http://[::1]:23392')
  })

  test('and before them where Beeper was, each once', () => {
    const servers = [remembered({ origin: remoteOrigin }), remembered({ origin: 'http://127.0.0.1:23380' })]
    const origins = originsOf(servers, ports)
    expect(origins.slice(0, 3)).toEqual([remoteOrigin, 'http://127.0.0.1:23380', 'http://127.0.0.1:23373'])
    expect(origins).toHaveLength(41)
    expect(new Set(origins).size).toBe(41)
  })
})

describe('a server that is remembered', () => {
  const signedIn: FoundBeeper = { ...found, state: 'signed-in' }

  test.each([
    ['has not been asked yet', [], [], {}, { state: 'looking', problem: undefined }],
    ['does not answer', [], [server.origin], {}, { state: 'refused', problem }],
    ['is signed in, and a sign-in was saved', [signedIn], [], { marker }, { state: 'ready' }],
    ['is signed in elsewhere', [signedIn], [], {}, { state: 'signed-in' }],
    ['was signed out elsewhere, although a sign-in was saved', [found], [], { marker }, { state: 'signed-out' }],
    ['is too old', [{ ...found, state: 'too-old' }], [], { marker }, { state: 'too-old' }],
    ['gave its port to another program', [{ ...found, state: 'not-beeper' }], [], { marker }, { state: 'not-beeper' }],
  ] as const)('%s', (_, answers, silent, more, row) => {
    const list = rows(answers, [remembered(more)], { silent })
    expect(list).toMatchObject([{ origin: server.origin, isRemembered: true, isRemote: false, ...row }])
  })

  test('KEY-5: is ready, too, with a sign-in that is kept for this run', () => {
    expect(rows([signedIn], [remembered()], { held: [server.origin] })).toMatchObject([{ state: 'ready' }])
    expect(rows([signedIn], [remembered()], { held: [remoteOrigin] })).toMatchObject([{ state: 'signed-in' }])
  })

  test.each([
    ['as the person calls it', { name: 'Beeper Desktop', givenName: 'Office' }, 'Office'],
    ['as it calls itself', { name: 'Beeper Desktop' }, 'Beeper Desktop'],
    ['Beeper, if it never said', { name: '' }, 'Beeper'],
  ])('is called %s', (_, more, name) => {
    expect(rows([], [remembered(more)])).toMatchObject([{ name }])
    expect(nameOf(remembered(more))).toBe(name)
  })

  test('is described by its newest answer; a program that took its port does not rename it', () => {
    const known = remembered({ name: 'Old', version: '4.2.0', kind: 'other' })
    const now = { ...found, name: 'New', version: '4.4.0', kind: 'server' } as const
    expect(rows([now], [known])).toMatchObject([{ name: 'New', version: '4.4.0', kind: 'server' }])
    expect(rows([now], [{ ...known, givenName: 'Office' }])).toMatchObject([{ name: 'Office', version: '4.4.0' }])
    expect(rows([{ ...now, state: 'not-beeper', name: 'Printer' }], [known])).toMatchObject([
      { name: 'Old', version: '4.2.0', kind: 'other', state: 'not-beeper' },
    ])
  })

  test('stands before those that are found besides, in the order in which it was chosen', () => {
    const second = remembered({ origin: remoteOrigin, name: 'Far' })
    const besides = { ...found, origin: 'http://127.0.0.1:23375' }
    const list = rows([besides, found], [second, remembered()])
    expect(list.map(({ origin }) => origin)).toEqual([remoteOrigin, server.origin, besides.origin])
    expect(list.map((row) => row.isRemembered)).toEqual([true, true, false])
    expect(list.map((row) => row.isRemote)).toEqual([true, false, false])
  })
})

describe('a server under both names of this computer', () => {
  const twin = { ...found, origin: v6 }

  test.each([
    ['is one row, under 127.0.0.1', [found, twin], [], [], [server.origin]],
    ['whoever answered first', [twin, found], [], [], [server.origin]],
    ['is one row where it is remembered as 127.0.0.1', [twin, found], [remembered()], [], [server.origin]],
    ['is one row where it is remembered as [::1]', [found, twin], [remembered({ origin: v6 })], [], [v6]],
    ['is shown as [::1] if it answers nowhere else', [twin], [], [], [v6]],
    ['is two rows if both are remembered', [found, twin], [remembered(), remembered({ origin: v6 })], [], [server.origin, v6]],
    ['is not hidden by one that does not answer', [twin], [remembered()], [server.origin], [server.origin, v6]],
  ] as const)('%s', (_, answers, servers, silent, origins) => {
    expect(rows(answers, servers, { silent }).map(({ origin }) => origin)).toEqual(origins)
  }) // prettier-ignore

  test.each([
    ['another version', { version: '4.2.0' }],
    ['another kind', { kind: 'server' }],
    ['another port', { origin: 'http://[::1]:23374' }],
  ] as const)('%s is another server', (_, more) => {
    expect(rows([found, { ...twin, ...more }])).toHaveLength(2)
  })
})

describe('other programs on these ports', () => {
  const stranger = { ...found, origin: 'http://127.0.0.1:23380', name: '', state: 'not-beeper' } as const

  test.each([
    ['are shown while there is no Beeper', [stranger], [], 1],
    ['also beside one that is too old to go on with', [{ ...found, state: 'too-old' }, stranger], [], 2],
    ['not beside one that is signed out', [found, stranger], [], 1],
    ['not beside one that is signed in', [{ ...found, state: 'signed-in' }, stranger], [], 1],
    ['also beside one that is remembered and silent', [stranger], [remembered()], 2],
  ] as const)('%s', (_, answers, servers, count) => {
    expect(rows(answers, servers, { silent: servers.map(({ origin }) => origin) })).toHaveLength(count)
  })
})

describe('going on', () => {
  test.each([
    ['signed-out', undefined],
    ['signed-in', undefined],
    ['too-old', 'beeper.too-old'],
    ['not-beeper', 'beeper.not-beeper'],
  ] as const)('with one that is %s: %s', (state, code) => {
    expect(obstacleOf({ ...found, state })?.code).toBe(code)
  })

  test.each([
    ['https://beeper.example.com', true],
    ['https://10.0.0.1:8443', true],
    ['http://127.0.0.1:23373', false],
    ['http://[::1]:23373', false],
  ])('ORI-1: %s is another computer: %s', (origin, answer) => {
    expect(isRemote(origin)).toBe(answer)
  })
})
