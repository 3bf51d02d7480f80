import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { signInFailure } from './login-errors.ts'

const zErrors = z.record(
  z.string(),
  z.object({ code: z.string(), http: z.number(), text: z.string(), retry: z.string().optional() }),
)
const document = z
  .object({
    sharedErrors: zErrors,
    bridges: z.array(z.object({ bridge: z.object({ type: z.string() }), errors: zErrors.default({}) })),
  })
  .parse(parse(readFileSync(new URL('../../../contract/bridge-flows.yaml', import.meta.url), 'utf8'), { merge: true }))

const errors = [
  ...Object.entries(document.sharedErrors).map(([key, error]) => ({ name: `any ${key}`, ...error })),
  ...document.bridges.flatMap(({ bridge, errors: own }) =>
    Object.entries(own).map(([key, error]) => ({ name: `${bridge.type} ${key}`, ...error })),
  ),
]

/** Code, when to try again, and what helps, for a reader who has the texts of the document beside it. */
const meanings: Readonly<Record<string, string>> = {
  'any not_found': 'gone now',
  'any unknown_flow': 'gone now',
  'any unknown_login': 'gone now',
  'any cancelled': 'cancelled now',
  'any timed_out': 'timed-out now phone-at-hand',
  'any finished': 'gone now',
  'any too_many': 'limit never',
  'any no_permission': 'refused never in-beeper',
  'any wrong_step': 'refused now',
  'any wrong_type': 'refused now',
  'any bad_body': 'refused now',
  'any bad_type': 'refused now',
  'any unexpected': 'refused now',
  'any passkey': 'refused now other-factor',
  'whatsapp timeout': 'timed-out now phone-at-hand',
  'whatsapp multidevice': 'refused now switch-on',
  'whatsapp outdated': 'refused never update',
  'whatsapp unexpected_event': 'refused now',
  'whatsapp pair': 'refused now',
  'whatsapp too_short': 'refused now whole-number',
  'whatsapp not_international': 'refused now whole-number',
  'whatsapp rate': 'refused later wait',
  'whatsapp passkey_code': 'refused never in-beeper',
  'signal timeout': 'timed-out now phone-at-hand',
  'signal capability': 'refused later update',
  'signal limit': 'refused now free-a-device',
  'signal used': 'refused now look-closely',
  'signal rate': 'refused later wait',
  'signal rejected': 'refused now',
  'telegram signup': 'refused now sign-up-first',
  'telegram bad_password': 'refused now look-closely',
  'telegram bad_code': 'refused now look-closely',
  'gmessages no_devices': 'refused now switch-on',
  'gmessages no_answer': 'timed-out now phone-at-hand',
  'gmessages wrong_emoji': 'refused now look-closely',
  'gmessages cancelled': 'cancelled now',
  'gmessages timeout': 'timed-out now phone-at-hand',
  'gmessages qr_timeout': 'timed-out now phone-at-hand',
  'gmessages no_permission': 'refused now other-way',
  'gmessages start_unknown': 'refused now',
  'instagramgo missing': 'refused now',
  'instagramgo challenge': 'refused now answer-there',
  'instagramgo consent': 'refused now answer-there',
  'instagramgo checkpoint': 'refused now answer-there',
  'instagramgo kicked': 'refused now',
  'instagramgo internal': 'refused now',
  'facebookgo missing': 'refused now',
  'facebookgo challenge': 'refused now answer-there',
  'facebookgo consent': 'refused now answer-there',
  'facebookgo checkpoint': 'refused now answer-there',
  'facebookgo kicked': 'refused now',
  'facebookgo internal': 'refused now',
  'facebookgo approval_stopped': 'cancelled now',
  'facebookgo google_only': 'refused now other-factor',
  'facebookgo no_mfa': 'refused now other-factor',
  'facebookgo recaptcha': 'refused later wait',
  'facebookgo no_sms': 'refused later wait',
  'facebookgo passkey_only': 'refused now other-factor',
  'facebookgo no_reason': 'refused now answer-there',
  'facebookgo exchange': 'refused now',
  'slackgo boot': 'refused now',
}

function meaning(code: string): string {
  const { code: problem, retry, advice } = signInFailure(code, 'Words.')
  return [problem.replace('connect.', ''), retry, ...(advice === undefined ? [] : [advice])].join(' ')
}

describe('every error of the document', () => {
  test('has its row here, and no row is left over', () => {
    expect(errors.map(({ name }) => name)).toEqual(Object.keys(meanings))
    expect(errors.length).toBeGreaterThan(55)
  })

  test.each(errors)('$name ($code) says what it is and what helps', ({ name, code, text }) => {
    expect(meaning(code)).toBe(meanings[name])
    expect(signInFailure(code, text)).toMatchObject({ says: text, detail: code })
  })

  test.each(errors.filter(({ retry }) => retry !== undefined))('$name: "$retry"', ({ code, retry }) => {
    const { retry: own, advice } = signInFailure(code, '')
    expect(own).toBe(retry === 'never' || retry === 'later' ? retry : 'now')
    // What has to be done first is said.
    if (/^after |^use /u.test(retry ?? '')) expect(advice).toBeDefined()
    if (own !== 'now') expect(advice).toBeDefined()
  })
})

describe('a code', () => {
  test.each([
    'LOGIN_TIMED_OUT',
    'FI.MAU.BRIDGE.LOGIN_TIMED_OUT',
    'FI.MAU.LOGIN_TIMED_OUT',
    'com.example.login_timed_out',
    '.LOGIN_TIMED_OUT',
  ])('"%s" is known by its last part', (code) => {
    expect(signInFailure(code, '')).toEqual({
      code: 'connect.timed-out',
      retry: 'now',
      advice: 'phone-at-hand',
      detail: code,
    })
  })

  test.each(['M_LIMIT_EXCEEDED', 'X.RATE_LIMITED'])('"%s" wants patience', (code) => {
    expect(meaning(code)).toBe('refused later wait')
  })

  test.each([
    'M_UNKNOWN',
    'COM.EXAMPLE.LAB.REFUSED',
    'FI.MAU.WHATSAPP.LOGIN_TIMEOUT_SOON',
    'LOGIN_TIMED_OUT.X',
    'constructor',
    'X.__proto__',
    'toString',
    'LOGIN TIMED OUT',
    '.',
    '',
  ])('"%s" says nothing: the message is all there is', (code) => {
    const { detail, ...problem } = signInFailure(code, 'Words.')
    expect(problem).toEqual({ code: 'connect.refused', retry: 'now', says: 'Words.' })
    expect(detail ?? '').toBe(/^[\w.:-]+$/u.test(code) ? code : '')
  })

  test('SEC-2: a text in its place is not for a report', () => {
    for (const code of ['hunter2 is wrong', 'a\nb', 'sam@example.com', 'X'.repeat(101), '💥'])
      expect(signInFailure(code, '')).toEqual({ code: 'connect.refused', retry: 'now' })
  })
})
