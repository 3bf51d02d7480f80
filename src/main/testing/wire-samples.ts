// Answers as a Beeper server may send them, drawn at random: right in shape, and then broken on purpose field by field.
import fc from 'fast-check'

const text = fc.oneof(fc.constantFrom('', 'a', 'qr', 'Ada Example', 'local-whatsapp', '2@abc'), fc.string())
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined })

/** Drops members that are undefined, as JSON does. */
const record = <T extends Record<string, unknown>>(model: {
  [K in keyof T]: fc.Arbitrary<T[K]>
}): fc.Arbitrary<unknown> => fc.record(model).map((value): unknown => JSON.parse(JSON.stringify(value)))

export const wireUser = record({
  id: text,
  username: optional(text),
  phoneNumber: optional(text),
  email: optional(text),
  fullName: optional(text),
  isSelf: optional(fc.boolean()),
})

export const wireAccount = record({
  accountID: text,
  bridge: fc.record({ id: text, type: text, provider: text }),
  user: wireUser,
  status: fc.oneof(fc.constantFrom('connected', 'connecting', 'disabled', 'reconnect_required', '__proto__'), text),
  statusText: optional(text),
  network: optional(text),
  loginID: optional(text),
})

export const wireBridge = record({
  id: text,
  type: text,
  provider: fc.oneof(fc.constantFrom('local', 'cloud', 'self-hosted', 'platform-sdk', 'constructor'), text),
  displayName: text,
  network: optional(text),
  activeAccountCount: fc.nat(5),
  supportsMultipleAccounts: fc.boolean(),
  status: fc.oneof(fc.constantFrom('available', 'connected', 'limit_reached', 'disabled', 'toString'), text),
  statusText: optional(text),
  accounts: fc.array(wireAccount, { maxLength: 3 }),
})

export const wireFlow = record({ id: text, name: optional(text), description: optional(text) })

const wireField = record({
  id: text,
  type: optional(
    fc.oneof(fc.constantFrom('text', 'password', '2fa_code', 'phone_number', 'constructor', '__proto__'), text),
  ),
  label: optional(text),
  placeholder: optional(text),
  initialValue: optional(text),
  optional: optional(fc.boolean()),
})

export const wireDisplay = fc.oneof(
  record({ type: fc.constant('qr'), data: text }),
  record({ type: fc.constant('code'), data: text }),
  record({ type: fc.constant('emoji'), imageURL: text }),
  record({ type: fc.constant('nothing') }),
)

/** Steps of the four types that are known today. */
export const wireStep = fc.oneof(
  record({
    type: fc.constant('user_input'),
    stepID: text,
    instructions: optional(text),
    fields: fc.array(wireField, { maxLength: 4 }),
  }),
  record({ type: fc.constant('display_and_wait'), stepID: text, instructions: optional(text), display: wireDisplay }),
  record({
    type: fc.constant('cookies'),
    stepID: text,
    instructions: optional(text),
    url: text,
    fields: fc.array(record({ id: text, type: optional(text), name: optional(text) }), { maxLength: 3 }),
  }),
  record({ type: fc.constant('complete'), stepID: optional(text), instructions: optional(text) }),
)

export const wireSession = record({
  bridgeID: text,
  loginSessionID: text,
  status: fc.oneof(
    fc.constantFrom('waiting_for_input', 'waiting_for_display', 'complete', 'cancelled', 'failed', 'resting'),
    text,
  ),
  currentStep: optional(wireStep),
  account: optional(wireAccount),
  accountID: optional(text),
  loginID: optional(text),
  error: optional(record({ code: text, message: text })),
})

export const wireSetup = record({
  state: fc.oneof(
    fc.constantFrom('needs-login', 'initializing', 'needs-secrets', 'ready', 'needs-account-migration'),
    text,
  ),
  e2ee: fc.record({
    initialized: fc.boolean(),
    secretStorage: fc.boolean(),
    crossSigning: fc.boolean(),
    verified: fc.boolean(),
    secrets: fc.record({
      masterKey: fc.boolean(),
      selfSigningKey: fc.boolean(),
      userSigningKey: fc.boolean(),
      megolmBackupKey: fc.boolean(),
      recoveryKey: fc.boolean(),
    }),
    keyBackup: fc.boolean(),
    firstSyncDone: fc.boolean(),
    hasBackedUpRecoveryKey: fc.boolean(),
  }),
  matrix: optional(fc.record({ userID: text, deviceID: text, homeserver: text })),
})

const deep = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

/** What a field may hold that it should not. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1e308,
    '',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
  ),
  fc.constantFrom<unknown>([], {}, [null], [[]], { type: 'qr' }, { type: 7 }, { toString: 1 }),
  fc.constant<unknown>('x'.repeat(20_000)),
  fc.constant<unknown>(deep(100)),
  fc.jsonValue(),
)

type Way = readonly (string | number)[]

/** The ways to every value in a JSON value. */
function waysOf(value: unknown, way: Way = []): Way[] {
  if (typeof value !== 'object' || value === null) return [way]
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [way, ...entries.flatMap(([key, inner]: [string | number, unknown]) => waysOf(inner, [...way, key]))]
}

interface Change {
  readonly pick: number
  readonly how: 'delete' | 'replace' | 'extra' | 'proto' | 'rename'
  readonly value: unknown
}

function changed(value: unknown, way: Way, change: Change): unknown {
  const [key, ...rest] = way
  if (key === undefined) {
    if (change.how === 'replace' || typeof value !== 'object' || value === null) return change.value
    if (change.how === 'extra') return { ...value, ['unheard-of']: change.value }
    // An own member of this name, as only a parser makes it.
    if (change.how === 'proto')
      return Object.defineProperty({ ...value }, '__proto__', { value: change.value, enumerable: true })
    return change.how === 'rename'
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [`${name}X`, one]))
      : {}
  }
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (index === key ? changed(one, rest, change) : one))
  const entries = Object.entries(value as Record<string, unknown>)
  if (change.how === 'delete' && rest.length === 0) return Object.fromEntries(entries.filter(([name]) => name !== key))
  return Object.fromEntries(entries.map(([name, one]) => [name, name === key ? changed(one, rest, change) : one]))
}

/**
 * The same answer with one to three things wrong: a field missing, null, of another type, huge, nested, renamed, or beside
 * members nobody has heard of.
 * @param sample draws the answers to break
 */
export function broken(sample: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const change: fc.Arbitrary<Change> = fc.record({
    pick: fc.nat(),
    how: fc.constantFrom('delete', 'replace', 'extra', 'proto', 'rename'),
    value: junk,
  })
  return fc.tuple(sample, fc.array(change, { minLength: 1, maxLength: 3 })).map(([value, changes]) =>
    changes.reduce<unknown>((now, one) => {
      const ways = waysOf(now)
      return changed(now, ways[one.pick % ways.length] ?? [], one)
    }, value),
  )
}
