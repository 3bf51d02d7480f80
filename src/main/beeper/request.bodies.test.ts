import { describe, expect, test } from 'vitest'
import { sendJSON, setupBody } from '../testing/http-server.ts'
import { codeOf, started } from '../testing/short-lived.ts'
import { call } from './request.ts'

describe('ORI-4: bodies', () => {
  const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
  test.each([
    ['HTML', '<!doctype html><p>Hello'],
    ['nothing', ''],
    ['cut JSON', '{"app":{"name":"Bee'],
    ['another shape', '{"app":7}'],
    ['null', 'null'],
    ['an array', '[]'],
    ['a number', '1e999'],
    ['deep nesting', deep],
    ['a prototype', '{"__proto__":{"app":1}}'],
  ])('%s is unreadable, not an error', async (_, text) => {
    const server = await started((answer) => answer.writeHead(200, { 'content-type': 'application/json' }).end(text))
    expect(codeOf(await call('getInfo', { origin: server.origin }, {}))).toBe('beeper.unreadable')
  })

  test('deep nesting where anything is allowed is only carried', async () => {
    const server = await started((answer) => answer.writeHead(200).end(deep))
    expect(codeOf(await call('getServerSpec', { origin: server.origin }, {}))).toBe('ok')
  })

  test('what the contract does not know is left out', async () => {
    const server = await started((answer) => {
      sendJSON(answer, 200, { ...setupBody('ready'), news: 1 })
    })
    const result = await call('appSetupRetrieve', { origin: server.origin }, {})
    expect(result.ok && Object.keys(result.value)).toEqual(['state', 'e2ee'])
  })

  test('an operation without an answer takes any good status', async () => {
    const server = await started((answer) => answer.writeHead(204).end())
    const result = await call('appSetupEmail', { origin: server.origin }, { body: { setupRequestID: 'r', email: 'e' } })
    expect(result).toEqual({ ok: true, value: undefined })
  })

  test('an endless body is cut off at 8 MB', async () => {
    let sent = 0
    let isCut = false
    const piece = Buffer.alloc(256 * 1024, 0x20)
    const server = await started((answer) => {
      answer.writeHead(200, { 'content-type': 'application/json' })
      const pour = (): void => {
        while (!isCut) {
          sent += piece.length
          if (!answer.write(piece)) break
        }
      }
      answer.on('drain', pour)
      answer.on('close', () => (isCut = true))
      pour()
    })
    const result = await call('getServerSpec', { origin: server.origin }, {})
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'beeper.unreadable', detail: 'getServerSpec too large' },
    })
    expect(sent).toBeGreaterThanOrEqual(8 * 1024 * 1024)
    expect(sent).toBeLessThan(32 * 1024 * 1024)
  })

  test('one of just under 8 MB is read', async () => {
    const text = JSON.stringify({ a: 'x'.repeat(8 * 1024 * 1024 - 100) })
    const server = await started((answer) => answer.writeHead(200).end(text))
    expect(codeOf(await call('getServerSpec', { origin: server.origin }, {}))).toBe('ok')
  })
})
