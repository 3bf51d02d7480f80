import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBinary, qrPayloadFrom } from './qr-payload.ts'

/** Bytes as Matrix has them, one character each: version 2, a mode, the flow's ID, two keys and a secret. */
const matrix = fc
  .tuple(
    fc.constantFrom(0, 1, 2),
    fc.string({ minLength: 1, maxLength: 60 }),
    fc.uint8Array({ minLength: 72, maxLength: 96 }),
  )
  .map(([mode, flowID, keys]) => {
    const flow = Buffer.from(flowID)
    return Buffer.concat([Buffer.from('MATRIX'), Buffer.from([2, mode, 0, flow.length]), flow, keys])
  })

const bytesOf = (payload: string | undefined): Buffer => Buffer.from(payload ?? '', 'latin1')

describe('qrPayloadFrom', () => {
  test('gives the bytes of a Matrix code, whatever a server made of them', () => {
    fc.assert(
      fc.property(matrix, (bytes) => {
        const forms = [
          bytes.toString('latin1'),
          bytes.toString('base64'),
          bytes.toString('base64url'),
          bytes.toString('base64').replace(/=+$/u, ''),
          `${bytes.toString('base64').replace(/.{76}/gu, '$&\n')}\n`,
        ]
        for (const form of forms) expect(bytesOf(qrPayloadFrom(form)).equals(bytes)).toBe(true)
      }),
    )
  })

  test.each([
    ['plain letters, as the simulator has them', 'MATRIXAgIAEnYx-_', 'MATRIXAgIAEnYx-_'],
    ['base64 of something else', Buffer.from('NATRIX\u0002').toString('base64'), 'TkFUUklYAg=='],
    ['base64 of another version', Buffer.from('MATRIX\u0003').toString('base64'), 'TUFUUklYAw=='],
    ['what only begins like base64', 'TUFUUklYAg!', 'TUFUUklYAg!'],
    ['base64 that was cut in a letter', 'TUFUUklYAgIAE', 'TUFUUklYAgIAE'],
    ['a link', 'https://matrix.to/#/@ada:example.com', 'https://matrix.to/#/@ada:example.com'],
    ['words', 'Ada\u00e9', 'Ada\u00e9'],
    ['words beyond latin', 'Ада 🔑', Buffer.from('Ада 🔑').toString('latin1')],
  ])('%s', (_, data, payload) => {
    expect(qrPayloadFrom(data)).toBe(payload)
  })

  test.each([
    ['nothing', ''],
    ['bytes that were taken for UTF-8 and lost', Buffer.from('MATRIX\u0002\u00ff\u00fe', 'latin1').toString('utf8')],
    ['half of a surrogate pair', 'MATRIX\ud83d'],
    ['more than a code holds', 'x'.repeat(1_274)],
    ['more than a code holds, once it is UTF-8', 'д'.repeat(637)],
    ['megabytes', 'A'.repeat(4_000_000)],
  ])('%s cannot be drawn', (_, data) => {
    expect(qrPayloadFrom(data)).toBeUndefined()
  })

  test('never throws, and gives one character a byte', () => {
    const near = fc.tuple(
      fc.constantFrom('', 'TUFUUklYAg', 'MATRIX\u0002'),
      fc.string({ unit: 'binary', maxLength: 200 }),
    )
    fc.assert(
      fc.property(near, ([start, rest]) => {
        const payload = qrPayloadFrom(start + rest) ?? ''
        expect(payload).toBe(Buffer.from(payload, 'latin1').toString('latin1'))
      }),
      { numRuns: 500 },
    )
  })

  test('a Matrix code is bytes once it is read, and letters before', () => {
    fc.assert(
      fc.property(matrix, (bytes) => {
        expect(isBinary(qrPayloadFrom(bytes.toString('base64url')) ?? '')).toBe(true)
        expect(isBinary(bytes.toString('base64url'))).toBe(false)
      }),
    )
  })
})

describe('isBinary', () => {
  test.each([
    ['MATRIX\u0002', true],
    ['MATRIX\u00e9', true],
    ['\u007f', true],
    ['MATRIXAgIA', false],
    ['two\r\nlines\tof text', false],
    ['Ада\u0002', false],
    ['🔑', false],
    ['', false],
  ])('%j: %s', (data, expected) => {
    expect(isBinary(data)).toBe(expected)
  })
})
