import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { originOf, word } from '../ports.ts'
import type { SafeText } from '../ports.ts'
import { createLog, fileWriter } from './log.ts'

const at = '2024-01-01T00:00:00.000Z'
function rig() {
  const lines: string[] = []
  return {
    log: createLog(
      (line) => lines.push(line),
      () => at,
    ),
    lines,
    last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>,
  }
}

describe('SEC-2: the log takes codes, names, sizes and times', () => {
  test('SEC-2: a line is one JSON object', () => {
    const { log, last } = rig()
    log.info('beeper.answered', {
      status: 200,
      tookMs: 12.5,
      isRetry: false,
      operation: word('getAppSetup'),
      origin: originOf('http://127.0.0.1:23373/v1/x?token=a'),
      none: undefined,
    })
    expect(last()).toEqual({
      at,
      level: 'info',
      event: 'beeper.answered',
      facts: { status: 200, tookMs: 12.5, isRetry: false, operation: 'getAppSetup', origin: 'http://127.0.0.1:23373' },
    })
  })

  test('SEC-2: free text is refused by type, and redacted where a cast let it in', () => {
    const { log, lines } = rig()
    // @ts-expect-error SEC-2: a string is not loggable
    log.info('x', { text: 'the code is 123456' })
    log.info('mail for anna@example.com', { text: 'call +49 170 1234567' as SafeText })
    expect(lines.join()).not.toMatch(/123456|anna|1234567/)
  })

  test('SEC-2: an error leaves name, code and redacted stack, with its causes', () => {
    const { log, last, lines } = rig()
    const cause = Object.assign(new TypeError('bad value "hunter2"'), { code: 'ERR_INVALID_ARG_VALUE' })
    log.error('request.failed', new Error('while asking anna@example.com', { cause }), { status: 0 })
    expect(last()).toMatchObject({
      error: { name: 'Error', cause: { name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' } },
    })
    expect(lines.join()).toContain('log.test.ts')
    expect(lines.join()).not.toMatch(/hunter2|anna@|\/home\/|\/work\//)
  })

  test.each(['hunter2', { password: 'hunter2' }, 5, undefined, null])(
    'SEC-2: %j thrown leaves its type at most',
    (thrown) => {
      const { log, lines } = rig()
      log.error('x', thrown)
      expect(lines.join()).not.toContain('hunter2')
    },
  )

  test.each([
    ['beeper.timeout', 'beeper.timeout'],
    ['getLoginSession', 'getLoginSession'],
    ['needs-first-sync', 'needs-first-sync'],
    ['123456', 'unloggable'],
    ['two words', 'unloggable'],
    ['anna@example.com', 'unloggable'],
    ['a1234567', 'unloggable'],
    ['x'.repeat(49), 'unloggable'],
    ['', 'unloggable'],
  ])('SEC-2: word(%j)', (text, shown) => {
    expect(word(text)).toBe(shown)
  })

  test.each([
    ['https://a:b@example.com:8443/c?d#e', 'https://example.com:8443'],
    ['javascript:alert(1)', 'null'],
    ['file:///etc/passwd', 'null'],
    ['nonsense', 'no-origin'],
  ])('SEC-2: originOf(%j)', (url, shown) => {
    expect(originOf(url)).toBe(shown)
  })
})

describe('SEC-5: the log file', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  test('SEC-5: 0600 in a folder of 0700, in order, from the first line on', async () => {
    const logs = join(folder, 'logs')
    const write = fileWriter(logs)
    for (let n = 0; n < 100; n += 1) write(`line ${n}`)
    const path = join(logs, 'drawbridge.log')
    await vi.waitFor(() => expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(100))
    write('last')
    expect(readFileSync(path, 'utf8').trim().split('\n')).toEqual([
      ...Array.from({ length: 100 }, (_, n) => `line ${n}`),
      'last',
    ])
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(logs).mode & 0o777).toBe(0o700)
  })

  test('SEC-5: at 1 MB the file is set aside, one older one stays', async () => {
    const write = fileWriter(folder)
    const line = 'x'.repeat(10_000)
    for (let n = 0; n < 350; n += 1) write(line)
    await vi.waitFor(() => expect(readdirSync(folder).sort()).toEqual(['drawbridge.log', 'drawbridge.old.log']))
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).size).toBeLessThan(1_100_000)
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    }
  })

  test('a log that cannot be written is no reason to fail', async () => {
    writeFileSync(join(folder, 'file'), '')
    const write = fileWriter(join(folder, 'file'))
    write('one')
    await new Promise((resolve) => setTimeout(resolve, 50))
    write('two')
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('')
  })
})
