// Who listens at an address: a Beeper, and in which state, or something else.
import { line } from '#contract/beeper/text'
import { failed, ok } from '#contract/problem'
import type { Problem, Result } from '#contract/problem'
import type { FoundBeeper } from '#contract/view'
import { call } from './request.ts'
import type { CallResult } from './request.ts'

/** One probe has this long for all it asks: loopback answers at once (semantics 1), the way to another computer is longer. */
const limitsMs = { loopback: 1_500, remote: 5_000 } as const

const kindOf = (bundleID: string): FoundBeeper['kind'] =>
  bundleID.includes('.desktop') ? 'desktop' : bundleID.includes('.server') ? 'server' : 'other'

/** Whether whoever is there cannot be asked just now, so that nothing is known of them yet. */
const isPassing = ({ refusal }: CallResult<unknown> & { ok: false }): boolean =>
  refusal !== undefined && (refusal.status >= 500 || refusal.status === 429 || refusal.status === 408)

/** An answer that a Beeper would not give, as opposed to none. */
const isForeign = (result: CallResult<unknown> & { ok: false }): boolean =>
  (result.refusal !== undefined || result.problem.code === 'beeper.unreadable') && !isPassing(result)

function stateAfter(problem: Problem): FoundBeeper['state'] | undefined {
  switch (problem.code) {
    case 'beeper.token-refused':
    case 'beeper.missing-scope':
      return 'signed-in'
    case 'beeper.not-found':
      return 'too-old'
    default:
      return undefined
  }
}

/**
 * Asks an origin who it is.
 * @param origin `http://127.0.0.1:23373`
 * @param signal ends the probe early
 * @returns who answered, a Beeper or not; a problem when nobody did, or a Beeper that cannot be asked just now
 */
export async function probe(origin: string, signal?: AbortSignal): Promise<Result<FoundBeeper>> {
  const limitMs = origin.startsWith('https:') ? limitsMs.remote : limitsMs.loopback
  const limit = AbortSignal.timeout(limitMs)
  const target = { origin, signal: signal === undefined ? limit : AbortSignal.any([signal, limit]) }
  const info = await call('getInfo', target, {}, { limitMs })
  if (!info.ok) {
    if (!isForeign(info)) return failed(info.problem)
    return ok({ origin, name: '', version: '', kind: 'other', state: 'not-beeper' })
  }
  const { name, version, bundle_id: bundleID } = info.value.app
  const setup = await call('appSetupRetrieve', target, {})
  const found = { origin, name: line(name), version: line(version), kind: kindOf(bundleID) }
  if (setup.ok) return ok({ ...found, state: setup.value.state === 'needs-login' ? 'signed-out' : 'signed-in' })
  const state = stateAfter(setup.problem)
  return state === undefined ? failed(setup.problem) : ok({ ...found, state })
}
