// Main that dies at a chosen point, and is launched again on what it left: a disk and a keychain in memory, and a server
// that is reached by the real client. A run that died has no effect any more and hears nothing.
import { ok } from '#contract/problem'
import type { Result } from '#contract/problem'
import type { Beeper, Consent } from '../beeper-port.ts'
import { beeper } from '../beeper/beeper.ts'
import type { AccountState } from '../domain/account-state.ts'
import { viewOf } from '../domain/view.ts'
import { Engine } from '../engine/app.ts'
import { handlersOf } from '../engine/handlers.ts'
import type { World } from '../engine/world.ts'
import type { Progress, Settings, SettingsStore, Vault } from '../ports.ts'
import { freshSettings } from '../settings/schema.ts'
import { never } from './crash-fuse.ts'
import type { Fuse } from './crash-fuse.ts'
import { fakeWorld } from './fake-world.ts'
import { fakeClock } from './fakes.ts'
import type { FakeLog } from './fakes.ts'
import { about } from './samples.ts'

/** What outlives a run. */
export interface Machine {
  disk: Settings
  /** Everything that was ever on the disk. */
  readonly written: Settings[]
  readonly tokens: Map<string, string>
  readonly logs: FakeLog[]
  /** How much later than now it is. */
  laterMs: number
}

export const machineOf = (progress: Partial<Progress>, ports: readonly number[]): Machine => ({
  disk: { ...freshSettings, ports, progress: { ...freshSettings.progress, ...progress } },
  written: [],
  tokens: new Map(),
  logs: [],
  laterMs: 0,
})

const worded = (before: unknown, after: unknown, noted: string, gone: string): string =>
  JSON.stringify(before) === JSON.stringify(after) ? '' : after === undefined ? gone : noted

/** What an update changes, in words. */
function changed(before: Progress, after: Progress): string {
  const open = (one: Progress): string[] => one.intents.map(({ operation }) => operation)
  const markers = (one: Progress): unknown[] => one.servers.flatMap(({ marker }) => (marker ? [marker] : []))
  const isFewer = markers(after).length < markers(before).length
  const words = [
    ...open(after).flatMap((one) => (open(before).includes(one) ? [] : [`intent ${one} opened`])),
    ...open(before).flatMap((one) => (open(after).includes(one) ? [] : [`intent ${one} closed`])),
    worded(before.email, after.email, 'address noted', ''),
    worded(
      before.request,
      after.request,
      after.request?.isSpent === true ? 'request spent' : 'request noted',
      'request forgotten',
    ),
    worded(
      before.newKeys?.at(0),
      after.newKeys?.at(0),
      after.newKeys?.at(0)?.isSent === true ? 'new key noted as sent' : 'new key noted',
      'new key forgotten',
    ),
    worded(before.origin, after.origin, 'server chosen', 'server forgotten'),
    worded(markers(before), isFewer ? undefined : markers(after), 'sign-in noted', 'sign-in forgotten'),
  ]
  return words.filter((word) => word !== '').join(', ') || 'nothing new'
}

/** The disk: a change holds for the run at once, and for the next one when it is written; one write at a time. */
function settingsOn(machine: Machine, fuse: Fuse): SettingsStore {
  let current = machine.disk
  let tail: Promise<unknown> = Promise.resolve()
  return {
    read: () => current,
    update(change) {
      const what = `settings.update (${changed(current.progress, { ...current, ...change }.progress)})`
      current = { ...current, ...change }
      const written = tail.then(() => {
        const content = current
        return fuse.write(what, (): Result<undefined> => {
          machine.disk = content
          machine.written.push(content)
          return ok(undefined)
        })
      })
      tail = written
      return fuse.waitFor(written)
    },
  }
}

function vaultOn({ tokens }: Machine, fuse: Fuse): Vault {
  const call = (what: string, account: string): string =>
    account.endsWith('#request') ? `vault.${what} of the request` : `vault.${what}`
  return {
    read: (account) => fuse.read(call('read', account), () => ok(tokens.get(account) ?? null)),
    save: (account, token) =>
      fuse.write(call('save', account), () => {
        tokens.set(account, token)
        return ok(undefined)
      }),
    remove: (account) =>
      fuse.write(call('remove', account), () => {
        tokens.delete(account)
        return ok(undefined)
      }),
    probe: () => fuse.read('vault.probe', () => ok(undefined)),
  }
}

interface Page {
  readonly url: string
  readonly grant: Promise<unknown>
}

/** The real client, as one run calls it. What is on no road is left as it is. */
function beeperOf(fuse: Fuse, pages: Page[], underWay: Promise<unknown>[]): Beeper {
  const through =
    <Args extends unknown[], T>(what: string, ask: (...args: Args) => Promise<T>) =>
    (...args: Args): Promise<T> =>
      fuse.call(what, () => {
        const asked = ask(...args)
        underWay.push(asked)
        return asked
      })

  const askConsent: Beeper['askConsent'] = (origin, words, beforeToken) =>
    through('askConsent', async () => {
      let token: string | undefined
      const asked = await beeper.askConsent(origin, words, async () => {
        await beforeToken()
        token = fuse.begin('token')
        if (token === undefined) await never()
        else if (asked.ok) underWay.push(asked.value.grant)
      })
      if (!asked.ok) return asked
      const { url, cancel, grant: given } = asked.value
      fuse.whenBlown(cancel)
      const grant: Consent['grant'] = given.then((one) => (token === undefined ? one : fuse.end(token, 'token', one)))
      pages.push({ url, grant })
      return ok({ url, cancel, grant })
    })()

  return {
    ...beeper,
    // Events only ever say "look"; without them nothing comes between the points of a road.
    listen: () => () => undefined,
    probe: through('probe', beeper.probe),
    readSetup: through('readSetup', beeper.readSetup),
    glanceAtSetup: through('glanceAtSetup', beeper.glanceAtSetup),
    start: through('start', beeper.start),
    sendEmail: through('email', beeper.sendEmail),
    respond: through('response', beeper.respond),
    register: through('register', beeper.register),
    askConsent,
    checkToken: through('checkToken', beeper.checkToken),
    revoke: through('revoke', beeper.revoke),
    readNetworks: through('readNetworks', beeper.readNetworks),
    createKey: through('createKey', beeper.createKey),
    confirmKey: through('confirmKey', beeper.confirmKey),
    unlock: through('unlock', beeper.unlock),
    readVerifications: through('readVerifications', beeper.readVerifications),
    requestVerification: through('requestVerification', beeper.requestVerification),
    actOnVerification: through('actOnVerification', beeper.actOnVerification),
    cancelVerification: through('cancelVerification', beeper.cancelVerification),
  }
}

export interface Run {
  readonly fuse: Fuse
  readonly engine: Engine
  readonly handlers: ReturnType<typeof handlersOf>
  readonly account: () => AccountState
  /** The consent pages that it made. */
  readonly pages: readonly Page[]
  /** Says yes on the page in the browser that was opened last. */
  readonly sayYes: (browser: (url: string) => Promise<unknown>) => Promise<void>
  /** Ends the process, and waits until what had gone out before that has arrived. */
  readonly kill: () => Promise<void>
}

/**
 * Launches the app.
 * @param machine what earlier runs left
 * @param fuse where this one ends
 */
export function launch(machine: Machine, fuse: Fuse): Run {
  const { world: base, log } = fakeWorld()
  machine.logs.push(log)
  const pages: Page[] = []
  const underWay: Promise<unknown>[] = []
  const { nowMs, after } = fakeClock()
  const world: World = {
    ...base,
    beeper: beeperOf(fuse, pages, underWay),
    vault: vaultOn(machine, fuse),
    settings: settingsOn(machine, fuse),
    opener: {
      openPage: () => fuse.read('openPage', () => ok(undefined)),
      openLink: () => fuse.read('openLink', () => ok(undefined)),
    },
    // Nobody moves this clock: no timer of a run ever fires.
    clock: { nowMs, after, wallTime: () => new Date(Date.now() + machine.laterMs).toISOString() },
  }
  const engine = new Engine(world)
  return {
    fuse,
    engine,
    handlers: handlersOf(engine, () => ({ rev: 1, view: viewOf(engine.state.getState(), about) })),
    account: () => engine.account.state,
    pages,
    async sayYes(browser) {
      const page = pages.at(-1)
      if (page === undefined) throw new Error('no page is open')
      void fuse.waitFor(page.grant)
      // A process that dies closes its listener in the middle of the browser's visit.
      await browser(page.url).catch((error: unknown) => {
        if (!fuse.isBlown) throw error
      })
    },
    async kill() {
      fuse.blow()
      await Promise.allSettled(underWay)
    },
  }
}
