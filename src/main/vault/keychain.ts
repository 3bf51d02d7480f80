// The keychain of the system as a Vault: one operation at a time, in a process of its own that is started at first use,
// and ended when the keychain does not answer (KEY-1).
import { failed, ok } from '#contract/problem'
import type { Problem, Result } from '#contract/problem'
import { word } from '../ports.ts'
import type { Clock, Log, Vault } from '../ports.ts'
import type { VaultProcess, VaultReply, VaultRequest } from './protocol.ts'

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
  /** Ends the process, also one that hangs; for quitting. */
  dispose(): void
}

type Ask = { readonly verb: 'read' | 'remove' } | { readonly verb: 'save'; readonly secret: string }
type Ended = VaultReply | { readonly outcome: 'timeout' | 'crashed' }

/**
 * Makes the vault over the keychain. Nothing is started before the first call.
 * @param parts how to start the process, and the clock and log
 */
export function createKeychain({ fork, clock, log }: KeychainParts): Keychain {
  let running: VaultProcess | undefined
  let pending: { readonly id: number; readonly end: (ended: Ended) => void } | undefined
  let lastID = 0
  let tail: Promise<unknown> = Promise.resolve()

  function start(): VaultProcess {
    const started = fork()
    started.onReply((reply) => {
      if (running !== started || pending?.id !== reply.id) return
      // The library holds on to the keyring that it met first, also when that one is gone (libsecret 0.20): what failed
      // once would fail until the app is started again. The next call gets a new process, which takes 13 ms.
      if (reply.outcome === 'rejected') retire()
      pending.end(reply)
    })
    started.onExit(() => {
      if (running !== started) return
      running = undefined
      pending?.end({ outcome: 'crashed' })
    })
    return started
  }

  function retire(): void {
    const retired = running
    running = undefined
    retired?.kill()
  }

  function run(account: string, ask: Ask): Promise<Ended> {
    return new Promise((resolve) => {
      lastID += 1
      const request: VaultRequest = { id: lastID, account, ...ask }
      const stopLimit = clock.after(killAfterMs, () => {
        // A hung call cannot be called off; only its process can be ended.
        retire()
        end({ outcome: 'timeout' })
      })
      function end(ended: Ended): void {
        stopLimit()
        pending = undefined
        resolve(ended)
      }
      pending = { id: request.id, end }
      try {
        running ??= start()
        running.post(request)
      } catch (error) {
        log.error('vault.no-process', error)
        running = undefined
        end({ outcome: 'crashed' })
      }
    })
  }

  async function call(account: string, ask: Ask, onSlow: (() => void) | undefined): Promise<Result<string | null>> {
    // Counted from the call, not from its turn: the person waits just as long behind another one.
    const stopSlow = onSlow === undefined ? undefined : clock.after(slowAfterMs, onSlow)
    const turn = tail.then(() => run(account, ask))
    tail = turn
    const ended = await turn
    stopSlow?.()
    const result = resultOf(ended)
    if (!result.ok) log.warn('vault.problem', { verb: word(ask.verb), code: word(result.problem.code) })
    return result
  }

  return {
    read: (origin, onSlow) => call(origin, { verb: 'read' }, onSlow),
    async save(origin, token, onSlow) {
      const refusal = refusalOf(token)
      if (refusal !== undefined) return failed(refusal)
      return withoutValue(await call(origin, { verb: 'save', secret: token }, onSlow))
    },
    remove: async (origin, onSlow) => withoutValue(await call(origin, { verb: 'remove' }, onSlow)),
    dispose() {
      running?.kill()
    },
  }
}

/** What a keychain would cut or change in silence is not even tried (KEY-4). */
function refusalOf(token: string): Problem | undefined {
  const bytes = Buffer.from(token, 'utf8')
  const isFit =
    bytes.length >= 1 && bytes.length <= maxBytes && !token.includes('\0') && bytes.toString('utf8') === token
  return isFit ? undefined : { code: 'keychain.mismatch', retry: 'never', detail: 'not storable' }
}

function withoutValue(result: Result<unknown>): Result<undefined> {
  return result.ok ? ok(undefined) : result
}

function resultOf(ended: Ended): Result<string | null> {
  switch (ended.outcome) {
    case 'done':
      return ok(ended.value)
    case 'mismatch':
      return failed({ code: 'keychain.mismatch', retry: 'now' })
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
