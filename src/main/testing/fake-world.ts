// A world of fakes for the engine: nothing leaves the process, and everything that was done stands in one list.
import { failed, ok } from '#contract/problem'
import type { Problem, ProblemCode, Result } from '#contract/problem'
import type { Peer } from '#contract/view-security'
import type { Beeper } from '../beeper-port.ts'
import type { World } from '../engine/world.ts'
import type { OpenSession, Progress, Settings, SettingsStore, Vault } from '../ports.ts'
import { freshSettings } from '../settings/schema.ts'
import { fakeClock, fakeLog } from './fakes.ts'
import type { FakeClock, FakeLog } from './fakes.ts'

export interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((done) => (resolve = done))
  return { promise, resolve }
}

export interface FakeVault extends Vault {
  readonly tokens: Map<string, string>
  /** Everything that was asked of it, whatever came of that: the verb, and whose token or handle. */
  readonly asked: string[]
  /** Makes every further operation of a kind fail with this; or succeed again. */
  saveProblem: Problem | undefined
  readProblem: Problem | undefined
  removeProblem: Problem | undefined
  probeProblem: Problem | undefined
  /** Holds every further operation after it was called slow, until released. */
  hold(): () => void
}

export interface FakeWorld {
  readonly world: World
  /** What was done, in order: `intent+ X` and `intent- X` once they are on the disk, `vault.save`, `beeper.X`, notes. */
  readonly did: string[]
  readonly beeper: Partial<Beeper>
  readonly vault: FakeVault
  readonly settings: SettingsStore & { problem: Problem | undefined }
  readonly clock: FakeClock
  readonly log: FakeLog
  readonly opened: string[]
  readonly progress: () => Progress
  /** Whether the person looks at the window. */
  readonly eyes: { areOnWindow: boolean }
  /** Shown by the system, oldest first; `isOpen` until it was taken away. */
  readonly notifications: { readonly peer: Peer; readonly onClick: () => void; isOpen: boolean }[]
}

export interface FakeOptions {
  readonly progress?: Partial<Progress>
  readonly beeper?: Partial<Beeper>
}

const never = (): Promise<never> => new Promise(() => undefined)
const fault: Problem = { code: 'unexpected', retry: 'now' }

function newKeyWords(notes: Progress['newKeys']): string {
  const note = notes?.at(-1)
  if (note === undefined) return 'forget new key'
  return note.isSent ? 'note new key, sent' : 'note new key'
}

/** What an update changed, in words. */
function changes(before: Progress, after: Progress): string[] {
  const names = (one: Progress): string[] => one.intents.map(({ operation }) => operation)
  const markers = (one: Progress): string =>
    JSON.stringify(one.servers.flatMap(({ origin, marker }) => (marker === undefined ? [] : [origin, marker])))
  const ids = (list: readonly OpenSession[]): string => list.map(({ loginSessionID }) => loginSessionID).join(',')
  return [
    ...names(after)
      .filter((name) => !names(before).includes(name))
      .map((name) => `intent+ ${name}`),
    ...names(before)
      .filter((name) => !names(after).includes(name))
      .map((name) => `intent- ${name}`),
    ...(markers(after) !== markers(before) ? [`note marker`] : []),
    ...(after.request !== before.request ? [`note request`] : []),
    ...(after.newKeys !== before.newKeys ? [newKeyWords(after.newKeys)] : []),
    ...(after.keyRemindersDismissed !== before.keyRemindersDismissed ? ['note reminder'] : []),
    ...(ids(after.sessions) !== ids(before.sessions) ? [`note sessions ${ids(after.sessions)}`] : []),
  ]
}

/**
 * Makes a world. Calls of the Beeper that are not given here never answer.
 * @param options what an earlier run left, and how the server answers
 */
export function fakeWorld(options: FakeOptions = {}): FakeWorld {
  const did: string[] = []
  const clock = fakeClock()
  const log = fakeLog()
  const opened: string[] = []
  let settings: Settings = { ...freshSettings, progress: { ...freshSettings.progress, ...options.progress } }

  const store: FakeWorld['settings'] = {
    problem: undefined,
    read: () => settings,
    async update(change) {
      const before = settings
      settings = { ...settings, ...change }
      const said = changes(before.progress, settings.progress)
      // The disk takes its time; only then does it count.
      await Promise.resolve()
      did.push(...said)
      return store.problem === undefined ? ok(undefined) : failed(store.problem)
    },
  }

  let gate: Promise<void> | undefined
  async function pass(onSlow: (() => void) | undefined): Promise<void> {
    if (gate === undefined) return
    onSlow?.()
    await gate
  }
  const tokens = new Map<string, string>()
  const asked: string[] = []
  const vault: FakeVault = {
    tokens,
    asked,
    saveProblem: undefined,
    readProblem: undefined,
    removeProblem: undefined,
    probeProblem: undefined,
    hold() {
      const held = deferred<undefined>()
      gate = held.promise
      return () => {
        gate = undefined
        held.resolve(undefined)
      }
    },
    async read(origin, onSlow) {
      did.push('vault.read')
      asked.push(`read ${origin}`)
      await pass(onSlow)
      return vault.readProblem === undefined ? ok(tokens.get(origin) ?? null) : failed(vault.readProblem)
    },
    async save(origin, token, onSlow) {
      asked.push(`save ${origin}`)
      await pass(onSlow)
      if (vault.saveProblem !== undefined) return failed(vault.saveProblem)
      did.push(origin.endsWith('#request') ? 'vault.save request' : 'vault.save')
      tokens.set(origin, token)
      return ok(undefined)
    },
    async remove(origin, onSlow) {
      asked.push(`remove ${origin}`)
      await pass(onSlow)
      if (vault.removeProblem !== undefined) return failed(vault.removeProblem)
      did.push('vault.remove')
      tokens.delete(origin)
      return ok(undefined)
    },
    async probe(onSlow) {
      did.push('vault.probe')
      asked.push('probe')
      await pass(onSlow)
      return vault.probeProblem === undefined ? ok(undefined) : failed(vault.probeProblem)
    },
  }

  const beeper: Partial<Beeper> = options.beeper ?? {}
  const silent: Beeper = {
    readAddress: () => failed(fault),
    listen: () => () => undefined,
    probe: never,
    readSetup: never,
    glanceAtSetup: never,
    start: never,
    sendEmail: never,
    respond: never,
    register: never,
    askConsent: never,
    checkToken: never,
    revoke: never,
    readPicture: never,
    createKey: never,
    confirmKey: never,
    unlock: never,
    readVerifications: never,
    requestVerification: never,
    actOnVerification: never,
    cancelVerification: never,
    scanCode: never,
    readNetworks: never,
    readFlows: never,
    createSession: never,
    readSession: never,
    submitStep: never,
    cancelSession: never,
  }
  const port = new Proxy(silent, {
    get(base, name: keyof Beeper) {
      const given: unknown = beeper[name] ?? base[name]
      return (...given_: unknown[]): unknown => {
        did.push(`beeper.${name}`)
        return (given as (...args: unknown[]) => unknown)(...given_)
      }
    },
  })

  const eyes = { areOnWindow: true }
  const notifications: FakeWorld['notifications'] = []
  let idCount = 0
  const world: World = {
    beeper: port,
    vault,
    settings: store,
    opener: {
      openPage: (url) => {
        opened.push(url)
        return Promise.resolve(ok(undefined))
      },
      openLink: (url) => {
        opened.push(url)
        return Promise.resolve(ok(undefined))
      },
    },
    openPage: () => Promise.resolve(ok(undefined)),
    demo: {
      start: () => Promise.resolve(ok({ origin: 'http://127.0.0.1:40000', phoneURL: 'http://127.0.0.1:40000/phone' })),
      stop: () => {
        did.push('demo.stop')
        return Promise.resolve()
      },
      openPhone: () => undefined,
    },
    quit: () => void did.push('quit'),
    keyCopies: {
      copy: () => Promise.resolve(ok(undefined)),
      save: () => Promise.resolve(ok({ isSaved: true })),
      print: () => Promise.resolve(ok({ isPrinted: true })),
    },
    appWindow: { isWatched: () => eyes.areOnWindow, show: () => void did.push('window.show') },
    notifier: {
      verificationAsked: (peer, onClick) => {
        const notification = { peer, onClick, isOpen: true }
        notifications.push(notification)
        return () => {
          notification.isOpen = false
        }
      },
    },
    clock,
    log,
    newID: () => `id${String((idCount += 1))}`,
    words: { consentReturned: 'Go back.', demoName: 'Beeper' },
  }
  return {
    world,
    did,
    beeper,
    vault,
    settings: store,
    clock,
    log,
    opened,
    eyes,
    notifications,
    progress: () => settings.progress,
  }
}

/** A good answer. */
export const good = <T>(value: T): Promise<Result<T>> => Promise.resolve(ok(value))
/** A problem as an answer. */
export const bad = (problem: Problem): Promise<Result<never>> => Promise.resolve(failed(problem))
/** A problem that may be tried again at once. */
export const problemOf = (code: ProblemCode): Problem => ({ code, retry: 'now' })
