// Random histories of a connection: any session that a server may tell of, in any order, and all that a person may click.
import type { InputField } from '#contract/beeper/fields'
import type { CookieField, Display, LoginSession, LoginStep } from '#contract/beeper/login'
import type { ChatAccount } from '#contract/beeper/networks'
import type { Problem } from '#contract/problem'
import fc from 'fast-check'
import type { ConnectEvent } from '../domain/connect-state.ts'
import { connectEvents, flow, inputField, login, subject } from './connect-states.ts'
import { problem, secrets } from './samples.ts'

/** Keys, never paths, and names that every object of the language has (R13). */
const ids = ['a', 'fi.mau.telegram.login.code', '__proto__', 'constructor'] as const
const stepID = fc.constantFrom('one', 'two', 'fi.mau.x.y', '__proto__')
const text = fc.constantFrom('', 'Go on', 'Look at https://chat.test/help', '**PIN** `1234`')
const pattern = fc.constantFrom(undefined, undefined, '^plain$', '^\\d+$', '^(a+)+$', '(', '\\A[[:alpha:]]+\\z')
export const fieldTypes: Readonly<Record<InputField['type'], true>> = {
  text: true,
  password: true,
  email: true,
  phone: true,
  username: true,
  code: true,
  captcha: true,
  token: true,
  url: true,
  domain: true,
  select: true,
}
const masked: readonly InputField['type'][] = ['password', 'token', 'code']

const field: fc.Arbitrary<InputField> = fc
  .record({
    id: fc.constantFrom(...ids),
    type: fc.constantFrom(...(Object.keys(fieldTypes) as InputField['type'][])),
    isRequired: fc.boolean(),
    initialValue: fc.constantFrom('', 'preset'),
    pattern,
    options: fc.constantFrom(['only'], ['one', 'two']),
  })
  .map(({ options, type, ...more }) =>
    inputField({ ...more, type, isSecret: masked.includes(type), options: type === 'select' ? options : [] }),
  )
const cookie: fc.Arbitrary<CookieField> = fc.record({
  id: fc.constantFrom(...ids),
  name: fc.constant('sid'),
  kind: fc.constantFrom('cookie', 'header', 'local_storage', 'other'),
  isRequired: fc.boolean(),
  pattern,
})
const fieldsOf = <T extends { readonly id: string }>(one: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  fc.uniqueArray(one, { selector: ({ id }) => id, maxLength: 4 })

export const displayTypes: Readonly<Record<Display['type'], true>> = {
  qr: true,
  code: true,
  emoji: true,
  nothing: true,
  unsupported: true,
}
const data = fc.constantFrom('one', 'two', 'three')
const display: fc.Arbitrary<Display> = fc
  .record({ type: fc.constantFrom(...(Object.keys(displayTypes) as Display['type'][])), data })
  .map(({ type, data: shown }): Display => {
    if (type === 'emoji') return { type, imageURL: `https://pictures.test/${shown}`, emoji: undefined }
    if (type === 'unsupported') return { type, wireType: shown }
    return type === 'nothing' ? { type } : { type, data: shown }
  })

const as = <const Type extends LoginStep['type']>(type: Type) => ({ type: fc.constant(type), instructions: text })
const step: fc.Arbitrary<LoginStep> = fc.oneof(
  { arbitrary: fc.record({ ...as('user_input'), stepID, fields: fieldsOf(field), attachments: fc.constant([]) }), weight: 4 },
  { arbitrary: fc.record({ ...as('display_and_wait'), stepID, display }), weight: 4 },
  { arbitrary: fc.record({ ...as('cookies'), stepID, url: fc.constant('https://chat.test'), fields: fieldsOf(cookie) }), weight: 2 },
  { arbitrary: fc.record(as('complete')), weight: 1 },
  { arbitrary: fc.record({ ...as('unsupported'), wireType: fc.constantFrom('webauthn', 'client_http') }), weight: 1 },
  { arbitrary: fc.record({ type: fc.constant('unreadable' as const), wireType: fc.constant('cookies') }), weight: 1 },
) // prettier-ignore

const loginIDs = ['before', 'l', '__proto__'] as const
const codes = ['', 'X.TOO_MANY_LOGINS', 'X.LOGIN_TIMED_OUT', 'X.LOGIN_CANCELLED', 'constructor', 'M_UNKNOWN']
const error = fc.record({ code: fc.constantFrom(...codes), message: fc.constantFrom('', 'No.') })
const over: fc.Arbitrary<LoginSession['outcome']> = fc.oneof(
  fc.record({
    kind: fc.constant('complete' as const),
    person: fc.constantFrom(undefined, { name: 'Sam', detail: '', imageURL: undefined }),
    loginID: fc.constantFrom(undefined, ...loginIDs),
    accountIDs: fc.constantFrom([], ['a']),
    instructions: text,
  }),
  fc.record({ kind: fc.constant('failed' as const), error: fc.option(error, { nil: undefined }) }),
  fc.constant({ kind: 'cancelled' as const }),
)
const outcome: fc.Arbitrary<LoginSession['outcome']> = fc.oneof(
  { arbitrary: step.map((one) => ({ kind: 'going-on' as const, step: one })), weight: 4 },
  { arbitrary: over, weight: 1 },
)

const statuses: readonly ChatAccount['status'][] = [
  ...(['connected', 'connecting', 'backfilling', 'connection_required', 'reconnect_required'] as const),
  ...(['attention_required', 'disconnected', 'disabled', 'unsupported'] as const),
]
const account: fc.Arbitrary<ChatAccount> = fc
  .record({
    accountID: fc.constantFrom('a', 'b'),
    bridgeID: fc.constantFrom(subject.bridgeID, subject.bridgeID, 'elsewhere'),
    loginID: fc.constantFrom(undefined, ...loginIDs),
    status: fc.constantFrom(...statuses),
  })
  .map(login)
export const list: fc.Arbitrary<ConnectEvent> = fc.record({
  type: fc.constant('accountsRead' as const),
  accounts: fc.array(account, { maxLength: 3 }),
})

const refusal: Problem = { code: 'connect.not-taken', retry: 'now', says: 'Not now' }
const fatal = fc.constantFrom<Problem>(
  problem,
  { code: 'connect.gone', retry: 'now' },
  { code: 'connect.limit', retry: 'never' },
)

/** How what is on its way is answered: with the step that the session stood at already, with another state, or not at all. */
export type Told =
  | { readonly as: 'same' | 'renewed' | 'lost'; readonly refusal: Problem | undefined; readonly problem: Problem }
  | { readonly as: 'other'; readonly refusal: Problem | undefined; readonly outcome: LoginSession['outcome'] }
  | { readonly as: 'ended'; readonly problem: Problem }

export const told: fc.Arbitrary<Told> = fc.oneof(
  {
    arbitrary: fc.record({
      as: fc.constantFrom('same', 'same', 'renewed', 'lost'),
      refusal: fc.constantFrom(undefined, undefined, undefined, refusal),
      problem: fc.constant(problem),
    }),
    weight: 6,
  },
  { arbitrary: fc.record({ as: fc.constant('other' as const), refusal: fc.constant(undefined), outcome }), weight: 6 },
  { arbitrary: fc.record({ as: fc.constant('ended' as const), problem: fatal }), weight: 1 },
)

const flowsOf = (count: number): ConnectEvent => ({
  type: 'flowsRead',
  flows: ['qr', 'code', 'constructor'].slice(0, count).map((id) => ({ ...flow, id })),
})
const by = fc.constantFrom('answer', 'look')
const loginSessionID = fc.constantFrom(secrets.loginSessionID, ...[1, 2, 3].map((nth) => sessionID(nth)))

/** The handle of the session that was begun as the nth. */
export function sessionID(nth: number): string {
  return `${secrets.loginSessionID}-${String(nth)}`
}

/** Whatever may be heard, whether somebody asked for it or not: late, twice, about an old session, in the wrong order. */
export const stray: fc.Arbitrary<ConnectEvent> = fc.oneof(
  {
    arbitrary: fc.record({
      type: fc.constant('sessionRead' as const),
      session: fc.record({ bridgeID: fc.constant(subject.bridgeID), loginSessionID, outcome }),
      by,
      problem: fc.constantFrom(undefined, refusal),
    }),
    weight: 4,
  },
  { arbitrary: fc.record({ type: fc.constant('connectionLost' as const), of: by, problem: fc.constant(problem) }), weight: 2 },
  { arbitrary: fc.record({ type: fc.constant('ended' as const), problem: fatal }), weight: 1 },
  { arbitrary: fc.nat(3).map(flowsOf), weight: 1 },
  {
    arbitrary: fc.constantFrom(
      ...[...connectEvents.flowsNotRead, ...connectEvents.flowChosen, ...connectEvents.startedOver],
      ...[...connectEvents.lookDue, ...connectEvents.minutePassed, ...connectEvents.watchEnded],
      ...[...connectEvents.woken, ...connectEvents.fieldsSubmitted, ...connectEvents.fieldsKept],
    ),
    weight: 3,
  },
  { arbitrary: list, weight: 1 },
) // prettier-ignore

/** The ways in which a server may answer the question for the ways to sign in. */
export const flowsTold = (nth: number): ConnectEvent =>
  nth % 5 === 4 ? { type: 'flowsNotRead', problem } : flowsOf(nth % 5)

/** How a connection begins; `count` ways are known where an earlier run began it. */
export const beginning: fc.Arbitrary<ConnectEvent> = fc.oneof(
  { arbitrary: fc.constant({ type: 'opened' as const }), weight: 4 },
  {
    arbitrary: fc.record({
      type: fc.constant('resumed' as const),
      loginSessionID: fc.constant(secrets.loginSessionID),
      flowID: fc.constantFrom(undefined, 'qr'),
      ageMs: fc.nat(25 * 60_000),
    }),
    weight: 1,
  },
  { arbitrary: fc.record({ type: fc.constant('foundOver' as const), flowID: fc.constantFrom(undefined, 'qr') }), weight: 1 },
) // prettier-ignore
