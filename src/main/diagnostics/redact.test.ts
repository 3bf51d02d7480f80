import fc from 'fast-check'
import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { redact } from './redact.ts'

/** Values that must not come through, and around them the sentences in which they turn up. */
function secretsOf(n: number): Record<string, string> {
  const bytes = createHash('sha512').update(`redact ${n}`).digest()
  const hex = bytes.toString('hex')
  const base64 = bytes.toString('base64url')
  const digits = BigInt(`0x${hex}`).toString().slice(0, 40)
  const base58 = [...bytes]
    .map((byte) => '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'[byte % 58])
    .join('')
  return {
    token: `bpt_${base64.slice(0, 32)}`,
    jwt: `eyJhbGciOiJIUzI1NiJ9.${base64.slice(0, 40)}.${base64.slice(40, 60)}`,
    hex: hex.slice(0, 32),
    shortHex: hex.slice(0, 12),
    base64: `${bytes.toString('base64').slice(0, 42)}==`,
    mailCode: digits.slice(0, 6),
    mailCodeInGroups: `${digits.slice(0, 3)} ${digits.slice(3, 6)}`,
    mailCodeWithDash: `${digits.slice(0, 3)}-${digits.slice(3, 6)}`,
    phone: `+49 ${digits.slice(0, 3)} ${digits.slice(3, 10)}`,
    email: `anna.${base58.slice(0, 4).toLowerCase()}@example.com`,
    recoveryKey: (base58.slice(0, 48).match(/.{4}/g) ?? []).join(' '),
    recoveryKeyPlain: base58.slice(0, 48),
    matrixID: `@anna${digits.slice(0, 3)}:beeper.com`,
    room: `!${base58.slice(0, 18)}:beeper.local`,
    uuid: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`,
    cookie: `sid${digits.slice(0, 2)}=${base64.slice(0, 20)}`,
    otpauth: `otpauth://totp/Beeper?secret=${base58.slice(0, 16).toUpperCase()}`,
  }
}

const sentences: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `request failed for ${secret}`,
  (secret) => `${secret} is not valid`,
  (secret) => `(${secret})`,
  (secret) => `at ${secret} (index.js:1:2)`,
  (secret) => `value: ${secret}, next`,
  (secret) => `Unexpected token 'x', "${secret}" is not valid JSON`,
  (secret) => `ENOENT: no such file or directory, open '/home/anna/${secret}'`,
]

describe('SEC-2: what redact lets through', () => {
  test('SEC-2: 300 values of 17 kinds in 8 sentences each', () => {
    let count = 0
    for (let n = 0; n < 20; n += 1) {
      for (const [kind, secret] of Object.entries(secretsOf(n))) {
        count += 1
        for (const sentence of sentences) {
          const shown = redact(sentence(secret))
          // Not even a part that would help to guess: any five letters or digits of it in a row.
          const compact = shown.replace(/[^A-Za-z0-9]/g, '')
          const parts = secret
            .split(/[^A-Za-z0-9]+/)
            .filter((part) => part.length >= 5 && part !== 'otpauth' && part !== 'Beeper' && part !== 'secret')
          expect(shown, kind).not.toContain(secret)
          for (const part of parts) expect(compact, `${kind}: ${sentence(secret)} -> ${shown}`).not.toContain(part)
        }
      }
    }
    expect(count).toBeGreaterThanOrEqual(300)
  })

  test.each([
    ['Authorization: Bearer hunter', 'hunter'],
    ['authorization=hunter', 'hunter'],
    ['password: hunter', 'hunter'],
    ['Password is hunter', 'hunter'],
    ['passphrase = hunter', 'hunter'],
    ['the code: banana', 'banana'],
    ['user: anna', 'anna'],
    ['access_token=hunter&x=1', 'hunter'],
    ['Cookie: theme=dark; name=hunter', 'hunter'],
    ['Set-Cookie: name=hunter; HttpOnly', 'hunter'],
    ['said "hunter\ntwo" to it', 'hunter'],
    ['said "hunter', 'hunter'],
    ["open '/home/anna/x'", 'anna'],
    ['Invalid input: `hunter`', 'hunter'],
    ['“hunter”', 'hunter'],
    ['get https://anna:hunter@example.com/hunter?q=hunter#hunter', 'hunter'],
    ['ws://127.0.0.1:23373/v1/ws?token=hunter', 'hunter'],
    ['https://example.com/anna', 'anna'],
    ['beeper://login/hunter', 'hunter'],
    ['/home/anna/.config/x.js', 'anna'],
    ['C:\\Users\\anna\\x.js', 'anna'],
    ['    at f (file:///home/anna/app/out/main/index.js:10:20)', 'anna'],
    ['    at hunter2 (/home/anna/x.js:1:2)', 'hunter2'],
  ])('SEC-2: %j', (text, secret) => {
    expect(redact(text)).not.toContain(secret)
  })

  test.each([
    ['beeper.timeout', 'beeper.timeout'],
    ['net::ERR_CONNECTION_REFUSED', 'net::ERR_CONNECTION_REFUSED'],
    ['connect ECONNREFUSED', 'connect ECONNREFUSED'],
    ['answered 404 after 12 tries', 'answered 404 after 12 tries'],
    ['GET http://127.0.0.1:23373/v1/info', 'GET http://127.0.0.1:23373'],
    ['unhandled member: string', 'unhandled member: string'],
    ['    at next (file:///home/anna/app/out/main/index.js:10:20)', '    at next (index.js:10:20)'],
    ['    at node:internal/process/task_queues:95:5', '    at node:internal/process/task_queues:95:5'],
  ])('redact: %j stays readable', (text, shown) => {
    expect(redact(text)).toBe(shown)
  })

  test('redact: any text at all, quickly, and never longer than it was by much', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 500, unit: 'binary' }), (text) => {
        expect(redact(text).length).toBeLessThanOrEqual(text.length * 2 + 16)
      }),
      { seed: 2, numRuns: 1000 },
    )
  })

  test.each([
    ['quotes', '"'.repeat(100_000)],
    ['backslashes', '"\\'.repeat(50_000)],
    ['words', 'a'.repeat(100_000)],
    ['camel case', 'aA'.repeat(50_000)],
    ['digits', '1 '.repeat(50_000)],
    ['groups', 'abcd '.repeat(20_000)],
    ['brackets', '('.repeat(100_000)],
    ['a long frame', `    at ${'a.'.repeat(50_000)} (x`],
    ['names', 'token'.repeat(20_000)],
    ['noise', randomBytes(50_000).toString('latin1')],
  ])('redact: 100 kB of %s take less than 300 ms', (_name, text) => {
    const from = performance.now()
    redact(text)
    expect(performance.now() - from).toBeLessThan(300)
  })
})
