// Who listens at an address: a Beeper, and in which state, or something else.
import { line } from '#contract/beeper/text'
import type { FoundBeeper } from '#contract/view'
import { call } from './request.ts'

/** One probe has this long for all it asks (semantics 1). */
const probeLimitMs = 1_500

const kindOf = (bundleID: string): FoundBeeper['kind'] =>
  bundleID.includes('.desktop') ? 'desktop' : bundleID.includes('.server') ? 'server' : 'other'

/**
 * Asks an origin who it is.
 * @param origin `http://127.0.0.1:23373`
 * @param signal ends the probe early
 * @returns what was found, or nothing when nobody answers there
 */
export async function probe(origin: string, signal?: AbortSignal): Promise<FoundBeeper | undefined> {
  const limit = AbortSignal.timeout(probeLimitMs)
  const target = { origin, signal: signal === undefined ? limit : AbortSignal.any([signal, limit]) }
  const info = await call('getInfo', target, {})
  if (!info.ok) {
    const isSilent = info.problem.code === 'beeper.unreachable' || info.problem.code === 'beeper.timeout'
    return isSilent ? undefined : { origin, name: '', version: '', kind: 'other', state: 'not-beeper' }
  }
  const { name, version, bundle_id: bundleID } = info.value.app
  const setup = await call('appSetupRetrieve', target, {})
  const found = { origin, name: line(name), version: line(version), kind: kindOf(bundleID) }
  if (setup.ok) return { ...found, state: setup.value.state === 'needs-login' ? 'signed-out' : 'signed-in' }
  switch (setup.problem.code) {
    case 'beeper.token-refused':
    case 'beeper.missing-scope':
      return { ...found, state: 'signed-in' }
    case 'beeper.not-found':
      return { ...found, state: 'too-old' }
    default:
      // It is a Beeper that cannot be asked just now; the next look may know more.
      return undefined
  }
}
