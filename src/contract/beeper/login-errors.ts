// What the code of a sign-in that failed tells beyond its message. The framework of the bridges and each network have codes of
// their own with dotted prefixes (`FI.MAU.WHATSAPP.…`), so they are known by their last part; an unknown one says nothing,
// and its message is all there is (semantics 5).
import type { Problem, ProblemCode } from '../problem.ts'

/** What helps. Said in addition to the network's own message. */
export type Advice =
  /** Linked devices, pairing or the like has to be switched on on the phone first. */
  | 'switch-on'
  /** One linked device has to be removed first. */
  | 'free-a-device'
  /** Too many attempts: some minutes or hours have to pass. */
  | 'wait'
  /** The phone has to be awake, online and at hand. */
  | 'phone-at-hand'
  /** The number was not complete. */
  | 'whole-number'
  /** There is no account at the network yet. */
  | 'sign-up-first'
  /** A question waits on the network's website or in its app. */
  | 'answer-there'
  /** The network wants a factor that only its own app has. */
  | 'other-factor'
  /** The account itself may not; another one, or another way. */
  | 'other-way'
  /** Beeper is too old for this network. */
  | 'update'
  /** What was typed, scanned or tapped was not right. */
  | 'look-closely'
  /** Not possible anywhere but in Beeper. */
  | 'in-beeper'

interface Meaning {
  readonly code: ProblemCode
  readonly retry: Problem['retry']
  readonly advice?: Advice
}

const refused = (advice: Advice, retry: Problem['retry'] = 'now'): Meaning => ({
  code: 'connect.refused',
  retry,
  advice,
})
const timedOut: Meaning = { code: 'connect.timed-out', retry: 'now', advice: 'phone-at-hand' }
const gone: Meaning = { code: 'connect.gone', retry: 'now' }
const cancelled: Meaning = { code: 'connect.cancelled', retry: 'now' }

const meanings: ReadonlyMap<string, Meaning> = new Map([
  // Of the framework.
  ['LOGIN_TIMED_OUT', timedOut],
  ['LOGIN_CANCELLED', cancelled],
  ['LOGIN_ALREADY_FINISHED', gone],
  ['TOO_MANY_LOGINS', { code: 'connect.limit', retry: 'never' }],
  ['WEBAUTHN_UNSUPPORTED', refused('other-factor')],
  ['M_FORBIDDEN', refused('in-beeper', 'never')],
  ['M_LIMIT_EXCEEDED', refused('wait', 'later')],
  ['M_NOT_FOUND', gone],
  ['NOT_FOUND', gone],
  // WhatsApp.
  ['LOGIN_TIMEOUT', timedOut],
  ['MULTIDEVICE_NOT_ENABLED', refused('switch-on')],
  ['CLIENT_OUTDATED', refused('update', 'never')],
  ['PHONE_NUMBER_TOO_SHORT', refused('whole-number')],
  ['PHONE_NUMBER_NOT_INTERNATIONAL', refused('whole-number')],
  ['RATE_LIMITED', refused('wait', 'later')],
  ['NOT_IMPLEMENTED', refused('in-beeper', 'never')],
  // Signal.
  ['DEVICE_LINK_MISSING_CAPABILITY', refused('update', 'later')],
  ['DEVICE_LIMIT_REACHED', refused('free-a-device')],
  ['DEVICE_LINK_CODE_INVALID', refused('look-closely')],
  ['DEVICE_LINK_RATE_LIMITED', refused('wait', 'later')],
  // Telegram.
  ['SIGN_UP_NOT_SUPPORTED', refused('sign-up-first')],
  ['INVALID_PASSWORD', refused('look-closely')],
  ['PHONE_CODE_INVALID', refused('look-closely')],
  // Google Messages.
  ['PAIR_NO_DEVICES', refused('switch-on')],
  ['PAIR_INIT_TIMEOUT', timedOut],
  ['PAIR_INCORRECT_EMOJI', refused('look-closely')],
  ['PAIR_CANCELLED', cancelled],
  ['PAIR_TIMEOUT', timedOut],
  ['PAIR_QR_TIMEOUT', timedOut],
  ['ACCOUNT_CANT_PAIR', refused('other-way')],
  // Instagram and Facebook.
  ['META_CHALLENGE_ERROR', refused('answer-there')],
  ['META_CONSENT_ERROR', refused('answer-there')],
  ['META_CHECKPOINT_ERROR', refused('answer-there')],
  ['META_UNINFORMATIVE_ERROR', refused('answer-there')],
  ['META_AFAD_STOPPED', cancelled],
  ['META_OAUTH_MANDATORY', refused('other-factor')],
  ['META_NO_SUPPORTED_MFA', refused('other-factor')],
  ['META_PASSKEY_MANDATORY', refused('other-factor')],
  ['META_GOOGLE_RECAPTCHA', refused('wait', 'later')],
  ['META_NO_SMS_AVAILABLE', refused('wait', 'later')],
])

/** A code and nothing else; what a server puts in its place may be a text, which is not for a report. */
const codeShape = /^[\w.:-]{1,100}$/u

/**
 * What a failed sign-in is, and what helps.
 * @param code as the server sent it, with any prefix, or empty
 * @param says the message beside it, fit to be shown
 */
export function signInFailure(code: string, says: string): Problem {
  const meaning: Meaning = meanings.get(code.slice(code.lastIndexOf('.') + 1).toUpperCase()) ?? {
    code: 'connect.refused',
    retry: 'now',
  }
  return { ...meaning, ...(says !== '' && { says }), ...(codeShape.test(code) && { detail: code }) }
}
