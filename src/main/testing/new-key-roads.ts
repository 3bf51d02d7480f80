// Where a new recovery key may stand, each reached as a person reaches it.
import type { SetupState } from '#contract/beeper/setup'
import type { KeyState, SecurityEffect, SecurityEvent, SecurityState } from '../domain/security-state.ts'
import { problem, secrets } from './samples.ts'
import { after, readAs } from './security-play.ts'

export const made: SecurityEvent = { type: 'keyCreated', atMs: 50 }
export const proved: SecurityEvent = { type: 'keyProved', recoveryKey: secrets.recoveryKey }
export const lost: SecurityEvent = { type: 'keyFailed', problem }
export const refused: SecurityEvent = { type: 'keyFailed', problem: { code: 'security.new-key-refused', retry: 'now' } }
export const left: SecurityEvent = { type: 'keyLeft' }

/** `unheard`: on the screen again, after a confirmation whose answer got lost. */
export type Stand = KeyState['phase'] | 'unheard'

const roads: Readonly<Record<Stand, readonly SecurityEvent[]>> = {
  ask: [],
  creating: [{ type: 'keyRequested' }],
  showing: [{ type: 'keyRequested' }, made],
  confirming: [{ type: 'keyRequested' }, made, proved],
  unheard: [{ type: 'keyRequested' }, made, proved, lost],
  confirmed: [{ type: 'keyRequested' }, made, proved, { type: 'keyConfirmed', atMs: 60 }],
}
export const stands = Object.keys(roads) as Stand[]

/** A key that stands there, begun while the server said `setup`. */
export const keyAt = (stand: Stand, setup: SetupState | SetupState['state'] = 'needs-verification'): SecurityState =>
  after(readAs(setup), { type: 'doorOpened', door: 'new-key' }, ...roads[stand])

/** An effect in a word; a note with what it says. */
export const told = (effect: SecurityEffect): string => {
  if (effect.type !== 'noteNewKey') return effect.type
  if (effect.note === undefined) return 'forget'
  return effect.note.isSent ? 'note sent' : 'note'
}
