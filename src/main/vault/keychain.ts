// The keychain of the system as a Vault: one operation at a time, in a process of its own that is started at first use,
// and ended when the keychain does not answer (KEY-1).
//
// [Note: Asking again]
// A person asks again by asking the same: same verb, same account, same secret. Such a call does not get in line, it gets
// the answer of the one that waits already, so that two clicks never ask twice. Has the keychain been silent for
// `slowAfterMs` by then, the operation under way is given up first: its process is ended, and either it begins anew (it is
// what was asked again) or it ends as `keychain.locked` (it stood in the way). So whoever waits for a window that will
// never come, because its keyring is gone, waits until the next click and not for `killAfterMs`. Any other call waits for
// its turn, however long: somebody may be typing a password just now.
//
// [Note: What a process leaves behind that is ended while a window asks for the password]
// The window stays: it belongs to the keyring, which shows a second one after it. One password answers all of them, closing
// must be done one by one (gnome-keyring 42, measured); so it is a click that begins anew, never a timer. No token is saved
// later: the keyring refuses the write while it is locked and keeps nothing of it; it is the library, in the process that
// has ended, that would have written again (libsecret 0.20, measured). A keychain that has taken the write already but not
// answered yet may hold the token although the answer was "locked". It is the token that the person is signed in with, no
// marker points at it, and the next save or removal for the origin meets it.
import { failed, ok } from '#contract/problem'
import type { Problem, Result } from '#contract/problem'
import { word } from '../ports.ts'
import type { Clock, Log, Vault } from '../ports.ts'
import type { VaultAsk, VaultProcess, VaultReply } from './protocol.ts'

export const slowAfterMs = 3_000
export const killAfterMs = 120_000
/** Windows holds 2,560 bytes; our tokens are far shorter. */
const maxBytes = 2_000

export interface KeychainParts {
  readonly fork: () => VaultProcess
  readonly clock: Clock
  readonly log: Log
}

export interface Keychain extends Vault {
  /** Ends the process, also one that hangs, for good; for quitting. */
  dispose(): void
}

type Ended = VaultReply | { readonly outcome: 'timeout' | 'crashed' }

interface Job {
  readonly ask: VaultAsk
  readonly ended: Promise<Ended>
  readonly settle: (ended: Ended) => void
}

/**
 * Makes the vault over the keychain. Nothing is started before the first call.
 * @param parts how to start the process, and the clock and log
 */
export function createKeychain({ fork, clock, log }: KeychainParts): Keychain {
  let running: VaultProcess | undefined
  /** The first one is under way. */
  const jobs: Job[] = []
  let lastID = 0
  let awaitedID: number | undefined
  let begunAtMs = 0
  let stopLimit = (): void => undefined
  let isDisposed = false

  function start(): VaultProcess {
    const started = fork()
    let hasServed = false
    started.onReply((reply) => {
      if (running !== started || reply.id !== awaitedID) return
      if (!isAnsweredWell(reply, jobs[0]?.ask)) retire()
      // What served before may only have lost its keyring, which may be back: a new process knows (once, it has not served).
      if (hasServed && reply.outcome === 'rejected' && reply.reason === 'other') {
        begin()
        return
      }
      hasServed = true
      end(reply)
    })
    started.onExit(() => {
      if (running !== started) return
      running = undefined
      if (awaitedID !== undefined) end({ outcome: 'crashed' })
    })
    return started
  }

  function retire(): void {
    const retired = running
    running = undefined
    retired?.kill()
  }

  /** Begins, or begins anew, what stands first in line. */
  function begin(): void {
    const [job] = jobs
    if (job === undefined) return
    if (isDisposed) {
      end({ outcome: 'crashed' })
      return
    }
    const id = ++lastID
    awaitedID = id
    begunAtMs = clock.nowMs()
    stopLimit()
    stopLimit = clock.after(killAfterMs, giveUp)
    try {
      running ??= start()
      running.post({ id, ...job.ask })
    } catch (error) {
      log.error('vault.no-process', error)
      running = undefined
      end({ outcome: 'crashed' })
    }
  }

  function end(ended: Ended): void {
    stopLimit()
    awaitedID = undefined
    jobs.shift()?.settle(ended)
    begin()
  }

  /** A hung call cannot be called off; only its process can be ended. */
  function giveUp(): void {
    retire()
    end({ outcome: 'timeout' })
  }

  function takeUp(ask: VaultAsk): Promise<Ended> {
    // Only the newest one for the account: what came after an older one may have changed what it would answer.
    const waiting = jobs.findLast((job) => accountOf(job.ask) === accountOf(ask))
    if (waiting !== undefined && isSame(waiting.ask, ask)) {
      if (clock.nowMs() - begunAtMs >= slowAfterMs) askAgain(waiting)
      return waiting.ended
    }
    let settle: Job['settle'] = () => undefined
    const ended = new Promise<Ended>((resolve) => (settle = resolve))
    if (jobs.push({ ask, ended, settle }) === 1) begin()
    return ended
  }

  function askAgain(job: Job): void {
    if (job !== jobs[0]) giveUp()
    else {
      retire()
      begin()
    }
  }

  async function call(ask: VaultAsk, onSlow: (() => void) | undefined): Promise<Result<string | null>> {
    // Counted from the call, not from its turn: the person waits just as long behind another one.
    const stopSlow = onSlow === undefined ? undefined : clock.after(slowAfterMs, onSlow)
    const ended = await takeUp(ask)
    stopSlow?.()
    const result = resultOf(ended)
    if (!result.ok) log.warn('vault.problem', { verb: word(ask.verb), code: word(result.problem.code) })
    return result
  }

  return {
    read: (account, onSlow) => call({ verb: 'read', account }, onSlow),
    async save(account, secret, onSlow) {
      if (!isStorable(secret)) return failed({ code: 'keychain.mismatch', retry: 'never', detail: 'not storable' })
      return withoutValue(await call({ verb: 'save', account, secret }, onSlow))
    },
    remove: async (account, onSlow) => withoutValue(await call({ verb: 'remove', account }, onSlow)),
    probe: async (onSlow) => withoutValue(await call({ verb: 'probe' }, onSlow)),
    dispose() {
      isDisposed = true
      running?.kill()
    },
  }
}

/** Whether the process may serve on. Otherwise the next call gets a new one, which takes 13 ms. */
function isAnsweredWell(reply: VaultReply, ask: VaultAsk | undefined): boolean {
  // The library holds on to the keyring that it met first, also when that one is gone (libsecret 0.20): what failed once
  // would fail until the app is started again, and "nothing there" may be the word of a keyring that is being restarted.
  return reply.outcome === 'done' && (ask?.verb !== 'read' || reply.value !== null)
}

const accountOf = (ask: VaultAsk): string | undefined => (ask.verb === 'probe' ? undefined : ask.account)
const secretOf = (ask: VaultAsk): string | undefined => (ask.verb === 'save' ? ask.secret : undefined)

/** Whether two calls ask the same, given that they are about the same account. */
const isSame = (one: VaultAsk, other: VaultAsk): boolean => one.verb === other.verb && secretOf(one) === secretOf(other)

/** What a keychain would cut or change in silence is not even tried, and was never put there by us (KEY-4). */
function isStorable(token: string): boolean {
  const bytes = Buffer.from(token, 'utf8')
  return bytes.length >= 1 && bytes.length <= maxBytes && !token.includes('\0') && bytes.toString('utf8') === token
}

function withoutValue(result: Result<unknown>): Result<undefined> {
  return result.ok ? ok(undefined) : result
}

function resultOf(ended: Ended): Result<string | null> {
  switch (ended.outcome) {
    case 'done':
      return ended.value === null || isStorable(ended.value) ? ok(ended.value) : failed(mismatch)
    case 'mismatch':
      return failed(mismatch)
    case 'timeout':
      return failed({ code: 'keychain.locked', retry: 'now', detail: 'no answer' })
    case 'crashed':
      return failed({ code: 'keychain.missing', retry: 'later', detail: 'process ended' })
    case 'rejected':
      return ended.reason === 'refused'
        ? failed({ code: 'keychain.denied', retry: 'now' })
        : failed({ code: 'keychain.missing', retry: 'later', detail: ended.reason })
  }
}

const mismatch: Problem = { code: 'keychain.mismatch', retry: 'now' }
