// Every field of contract/bridge-flows.yaml, as the simulator sends it under both profiles of the wire.
import { bridgeEntries } from '#simulator/bridge-flows'
import type { BridgeEntry, Flow } from '#simulator/bridge-flows'
import { Clock } from '#simulator/clock'
import { LoginSession } from '#simulator/login-session'
import { sessionToWire } from '#simulator/login-wire'
import { plainWire } from '#simulator/wire'
import { expect, test } from 'vitest'
import type { InputField } from './fields.ts'
import { sessionFrom, zSession } from './login.ts'
import type { CookieField, LoginStep } from './login.ts'

const origin = 'http://127.0.0.1:23373'
const profiles = ['strict', 'rich'] as const
type Profile = (typeof profiles)[number]

/** A step as the app reads it when a session stands at that node. */
function stepAt(entry: BridgeEntry, flow: Flow, node: string, profile: Profile): LoginStep {
  const clock = new Clock(0, 0)
  const starting = { ...flow, start: node }
  const session = new LoginSession({
    id: 's', serial: 1, entry, flow: starting, renews: undefined, clock, complete: () => undefined,
  }) // prettier-ignore
  const wire: unknown = JSON.parse(JSON.stringify(sessionToWire(session, { ...plainWire, profile }, origin)))
  clock.clear()
  const { outcome } = sessionFrom(zSession.parse(wire))
  if (outcome.kind !== 'going-on') throw new Error(`${node} is no step`)
  return outcome.step
}

function stepsOf(profile: Profile): readonly LoginStep[] {
  return bridgeEntries.flatMap((entry) =>
    entry.flows.flatMap((flow) =>
      Object.entries(flow.nodes).flatMap(([key, node]) => ('step' in node ? [stepAt(entry, flow, key, profile)] : [])),
    ),
  )
}

const inputsOf = (profile: Profile): readonly InputField[] =>
  stepsOf(profile).flatMap((step) => (step.type === 'user_input' ? step.fields : []))
const cookiesOf = (profile: Profile): readonly CookieField[] =>
  stepsOf(profile).flatMap((step) => (step.type === 'cookies' ? step.fields : []))

/** What comes out, by ID; an ID that comes out differently at two places is there with both. */
function table<Field extends { readonly id: string }>(
  fields: readonly Field[],
  cell: (field: Field) => string,
): Readonly<Record<string, string>> {
  const cells = new Map<string, Set<string>>()
  for (const field of fields) cells.set(field.id, (cells.get(field.id) ?? new Set()).add(cell(field)))
  return Object.fromEntries([...cells].map(([id, found]) => [id, [...found].join(' | ')]))
}
const tables = <Field extends { readonly id: string }>(
  of: (profile: Profile) => readonly Field[],
  cell: (field: Field) => string,
): Readonly<Record<string, readonly string[]>> => {
  const [strict, rich] = profiles.map((profile) => table(of(profile), cell))
  return Object.fromEntries(Object.keys(strict ?? {}).map((id) => [id, [strict?.[id] ?? '', rich?.[id] ?? '']]))
}

test('A4: every field of a form is what the network asks for, on a strict wire too, and a secret where it is one', () => {
  expect(tables(inputsOf, ({ type, isSecret }) => `${type}${isSecret ? ', secret' : ''}`)).toEqual({
    // WhatsApp
    phone_number: ['phone', 'phone'],
    // Telegram
    'fi.mau.telegram.login.phone_number': ['phone', 'phone'],
    'fi.mau.telegram.login.code': ['code, secret', 'code, secret'],
    'fi.mau.telegram.login.password': ['password, secret', 'password, secret'],
    'fi.mau.telegram.login.bot_token': ['token, secret', 'token, secret'],
    'fi.mau.telegram.login.manual_session': ['token, secret', 'token, secret'],
    // Facebook Messenger
    username: ['username', 'username'],
    password: ['password, secret', 'password, secret'],
    captcha_code: ['captcha', 'captcha'],
    // A choice without its options has to be typed.
    mfatype: ['text', 'select'],
    contact_point: ['text', 'select'],
    sms_code: ['code, secret', 'code, secret'],
    totp_code: ['code, secret', 'code, secret'],
    whatsapp_code: ['code, secret', 'code, secret'],
    otp_code: ['code, secret', 'code, secret'],
    backup_code: ['code, secret', 'code, secret'],
    // Slack
    email: ['email', 'email'],
    code: ['code, secret', 'code, secret'],
    workspace: ['text', 'select'],
    two_factor_code: ['code, secret', 'code, secret'],
    bot_token: ['token, secret', 'token, secret'],
    app_token: ['token, secret', 'token, secret'],
  })
})

test('no field is optional, and each has a label; a rich wire adds descriptions, patterns and options', () => {
  for (const profile of profiles) {
    for (const { id, label, isRequired } of inputsOf(profile))
      expect([id, label === '', isRequired]).toEqual([id, false, true])
  }
  expect(inputsOf('strict').filter(({ description, pattern }) => description !== '' || pattern !== undefined)).toEqual(
    [],
  )
  const rich = inputsOf('rich')
  expect(new Set(rich.flatMap(({ pattern }) => pattern ?? []))).toEqual(
    new Set([
      '^\\d+:[A-Za-z0-9_-]{35}$',
      '^\\{[a-zA-Z0-9/+=":,. ]+\\}$',
      '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
      '^[a-zA-Z0-9]{3}-?[a-zA-Z0-9]{3}$',
      '^\\d{6}$',
      '^xoxb-.+$',
      '^xapp-.+$',
    ]),
  )
  expect(rich.find(({ id }) => id === 'workspace')?.options).toEqual([
    'Acme (acme.slack.com)',
    'Globex (globex.slack.com)',
    'Initech (initech.slack.com)',
    'Initech (initech.slack.com) (2)',
  ])
})

test('R17: every value of a website is named, and looked for where it can be found', () => {
  const cell = ({ name, kind, isRequired, pattern }: CookieField): string =>
    [kind, name, ...(isRequired ? [] : ['optional']), ...(pattern === undefined ? [] : [pattern])].join(' ')
  const same = (text: string): readonly string[] => [text, text]
  expect(tables(cookiesOf, cell)).toEqual({
    OSID: same('cookie OSID'),
    SID: same('cookie SID'),
    HSID: same('cookie HSID'),
    SSID: same('cookie SSID'),
    APISID: same('cookie APISID'),
    SAPISID: same('cookie SAPISID'),
    // A strict wire cannot say that this one is optional.
    '__Secure-1PSIDTS': ['cookie __Secure-1PSIDTS', 'cookie __Secure-1PSIDTS optional'],
    sessionid: same('cookie sessionid'),
    csrftoken: same('cookie csrftoken'),
    ds_user_id: same('cookie ds_user_id'),
    mid: same('cookie mid'),
    ig_did: same('cookie ig_did'),
    xs: same('cookie xs'),
    c_user: same('cookie c_user'),
    datr: same('cookie datr'),
    recaptcha_token: same('other recaptcha_token'),
    captcha_token: same('other captcha_token'),
    auth_token: ['other fi.mau.slack.auth_token', 'other auth_token ^xoxc-.+$'],
    cookie_token: ['cookie d', 'cookie d ^xoxd-[a-zA-Z0-9/+=]+$'],
  })
})

test('the pictures and sounds of a puzzle, and the emoji to tap, arrive under both profiles', () => {
  for (const profile of profiles) {
    const steps = stepsOf(profile)
    const attachments = steps.flatMap((step) => (step.type === 'user_input' ? step.attachments : []))
    expect(new Set(attachments.map(({ kind, name, dataURL }) => `${kind} ${name} ${dataURL.slice(0, 15)}`))).toEqual(
      new Set(['picture captcha.png data:image/png;', 'sound captcha.ogg data:audio/ogg;']),
    )
    const displays = steps.flatMap((step) => (step.type === 'display_and_wait' ? [step.display] : []))
    expect(new Set(displays.map(({ type }) => type))).toEqual(new Set(['qr', 'code', 'emoji', 'nothing']))
    expect(displays.find(({ type }) => type === 'emoji')).toMatchObject({ emoji: '🦊' })
  }
})

test('no step of the document is unreadable or unsupported', () => {
  for (const profile of profiles) {
    const types = stepsOf(profile).map(({ type }) => type)
    expect(new Set(types)).toEqual(new Set(['display_and_wait', 'user_input', 'cookies']))
    expect(types.length).toBeGreaterThan(40)
  }
})
