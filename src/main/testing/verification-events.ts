// What happens to verifications, in one word each.
import type { Verification } from '#contract/beeper/verification'
import type { Doing, Reason, SecurityEvent } from '../domain/security-state.ts'
import { problem, verificationOf } from './samples.ts'

export const subjectID = 'verification-1'

export const request: SecurityEvent = { type: 'verificationRequested', atMs: 30 }
export const pick = (verificationID = subjectID): SecurityEvent => ({
  type: 'verificationPicked',
  verificationID,
  atMs: 31,
})
export const accept = (verificationID = subjectID): SecurityEvent => ({
  type: 'verificationAccepted',
  verificationID,
  atMs: 32,
})
export const start: SecurityEvent = { type: 'emojiStarted', verificationID: subjectID }
export const say = (emojis: readonly string[] = verificationOf('sas_ready').emojis): SecurityEvent => ({
  type: 'emojiConfirmed',
  verificationID: subjectID,
  emojis,
})
export const cancel = (why: Reason, verificationID = subjectID): SecurityEvent => ({
  type: 'verificationCancelled',
  verificationID,
  why,
})
export const leave: SecurityEvent = { type: 'verificationLeft' }

/** An answer that tells of the verification. */
export const answerOf = (doing: Doing, verification: Verification = verificationOf('requested')): SecurityEvent => ({
  type: 'verificationAnswered',
  verificationID: doing === 'request' ? '' : verification.verificationID,
  doing,
  verification,
  atMs: 40,
})

/** The answer to a request that opened one, and did not find one alive. */
export const openedHere = (verification: Verification = verificationOf('requested')): SecurityEvent => ({
  type: 'verificationAnswered',
  verificationID: '',
  doing: 'request',
  verification,
  isOpenedHere: true,
  atMs: 40,
})

/** An answer that does not. */
export const silent = (doing: Doing, verificationID = subjectID): SecurityEvent => ({
  type: 'verificationAnswered',
  verificationID: doing === 'request' ? '' : verificationID,
  doing,
  verification: undefined,
  atMs: 40,
})

export const failureOf = (doing: Doing, verificationID = subjectID): SecurityEvent => ({
  type: 'verificationFailed',
  verificationID: doing === 'request' ? '' : verificationID,
  doing,
  problem,
})
