// Verifications, in the app's words. Nothing is repeated here because an answer was lost: whether it had an effect is read first
// (semantics 6). The two second tries below follow a refusal, after which nothing has happened.
import { isBinary } from '#contract/beeper/qr-payload'
import { setupFrom } from '#contract/beeper/setup'
import { verificationFrom } from '#contract/beeper/verification'
import type { Verification, VerificationAction, VerificationAnswer } from '#contract/beeper/verification'
import { failed, ok } from '#contract/problem'
import type { ProblemCode, Result } from '#contract/problem'
import { call } from './request.ts'
import type { Answer, CallResult, Target } from './request.ts'

type Answered = CallResult<Answer<'appSetupVerificationsCreate'>>

const actions = {
  accept: 'appSetupVerificationsAccept',
  'sas.start': 'appSetupVerificationsSASStart',
  'sas.confirm': 'appSetupVerificationsSASConfirm',
  'qr.confirmScanned': 'appSetupVerificationsQRConfirmScanned',
} as const satisfies Record<Exclude<VerificationAction, 'cancel'>, unknown>

/** Told to the other side too: the codes are those of Matrix ("m.key.verification.cancel"), the words are for whoever reads logs. */
const reasons = {
  user: { code: 'm.user', reason: 'Cancelled by the user' },
  mismatch: { code: 'm.mismatched_sas', reason: 'The emojis did not match' },
} as const

const statusOf = (result: CallResult<unknown>): number => (result.ok ? 0 : (result.refusal?.status ?? 0))

const isShapeRefused = (result: CallResult<unknown>): boolean => [400, 422].includes(statusOf(result))

/**
 * What an answer says of the verification that was asked about.
 * @param verificationID absent where the server has just chosen it
 */
function answerFrom(value: Answer<'appSetupVerificationsCreate'>, verificationID?: string): VerificationAnswer {
  const { session, verification } = value
  // Another one than was asked about may be current; it is told by reading, not mistaken for this one.
  const isMeant = (one: typeof verification): boolean => one !== undefined && one.id === verificationID
  const told = verificationID === undefined ? verification : [verification, session.verification].find(isMeant)
  return { setup: setupFrom(session), verification: told && verificationFrom(told) }
}

function resultFrom(
  result: Answered,
  codes: Readonly<Record<number, ProblemCode>>,
  verificationID?: string,
): Result<VerificationAnswer> {
  if (result.ok) return ok(answerFrom(result.value, verificationID))
  const code = codes[statusOf(result)]
  if (code === undefined) return failed(result.problem)
  // What came too late comes too late again; all others are worth another try of the person.
  return failed({ ...result.problem, code, retry: code === 'security.too-late' ? 'never' : 'now' })
}

/** Reads all verifications that the server tells of, once; in its order, which is oldest first. */
export async function readVerifications(target: Target): Promise<Result<readonly Verification[]>> {
  const result = await call('appSetupVerificationsList', target, {})
  return result.ok ? ok(result.value.items.map(verificationFrom)) : failed(result.problem)
}

/**
 * Opens a verification towards the person's other devices; as part of a login, and without saying so for a server that does not
 * take that (semantics 4). Problem `security.nothing-to-verify-with`, also for a server that has no verifications.
 * @returns the verification where the answer holds one; else it is in the list
 */
export async function requestVerification(target: Target): Promise<Result<VerificationAnswer>> {
  const first = await call('appSetupVerificationsCreate', target, { body: { purpose: 'login' } })
  const result = isShapeRefused(first) ? await call('appSetupVerificationsCreate', target, { body: {} }) : first
  const none = 'security.nothing-to-verify-with'
  return resultFrom(result, { 400: none, 404: none, 409: none, 422: none })
}

/**
 * Takes a step. Problems `security.verification-gone` (404, 410), `security.too-late` (409).
 * @param action one that the server listed as available
 */
export async function actOnVerification(
  target: Target,
  verificationID: string,
  action: Exclude<VerificationAction, 'cancel'>,
): Promise<Result<VerificationAnswer>> {
  const result = await call(actions[action], target, { path: { verificationID } })
  const gone = 'security.verification-gone'
  return resultFrom(result, { 404: gone, 409: 'security.too-late', 410: gone }, verificationID)
}

/**
 * Ends a verification on both sides.
 * @returns the verification as it is then; nothing when it was over already
 */
export async function cancelVerification(
  target: Target,
  verificationID: string,
  reason: keyof typeof reasons,
): Promise<Result<VerificationAnswer | undefined>> {
  const result = await call('appSetupVerificationsCancel', target, { path: { verificationID }, body: reasons[reason] })
  return [404, 409, 410].includes(statusOf(result)) ? ok(undefined) : resultFrom(result, {}, verificationID)
}

/**
 * Hands in a code that was read off the other device. How a server wants bytes in JSON is not published: they go as one
 * character a byte, and in base64 when that is refused. Problem `security.code-not-read`.
 * @param data one character a byte where it came from a picture, else text as it was pasted
 */
export async function scanCode(target: Target, data: string): Promise<Result<VerificationAnswer>> {
  const scan = (one: string): Promise<Answered> => call('appSetupVerificationsQRScan', target, { body: { data: one } })
  const first = await scan(data)
  const isSecondWorth = isShapeRefused(first) && isBinary(data)
  const result = isSecondWorth ? await scan(Buffer.from(data, 'latin1').toString('base64')) : first
  const unread = 'security.code-not-read'
  return resultFrom(result, { 400: unread, 404: unread, 409: unread, 410: unread, 422: unread })
}
