// Bodies that dribble, never end or break off.
import { get } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createAuthority } from './certificates.ts'
import { operationIDs, rowOf } from './operation.ts'
import { bench, until, type Bench } from './testing.ts'

interface Download {
  readonly status: number | undefined
  readonly announced: string | undefined
  /** Grows as it arrives. */
  size(): number
  text(): string
  /** Whether the server said that this is all; `false` when the line was cut. */
  readonly isWhole: Promise<boolean>
  abort(): void
}

function download(it: Bench, path = '/v1/info'): Promise<Download> {
  return new Promise((resolve, reject) => {
    const request = get(`${it.simulator.origin}${path}`, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', () => undefined)
      resolve({
        status: response.statusCode,
        announced: response.headers['content-length'],
        size: () => chunks.reduce((sum, { length }) => sum + length, 0),
        text: () => Buffer.concat(chunks).toString('utf8'),
        isWhole: new Promise((done) => {
          response.on('close', () => {
            done(response.complete)
          })
        }),
        abort: () => {
          request.destroy()
        },
      })
    }).on('error', reject)
  })
}

describe('a slow body', () => {
  test('comes a byte at a time, by the clock of the world, and is whole in the end', async () => {
    const it = await bench({ timeScale: 0 })
    const plain = await it.call('GET', '/v1/info')
    await it.control.fault({ operation: 'getInfo', bytesPerSecond: 1, times: 1 })
    const slow = await download(it)
    expect(slow.announced).toBe(String(Buffer.byteLength(plain.text)))
    await until(() => slow.size() === 1)
    await it.control.step(1_000)
    await until(() => slow.size() === 2)
    await it.control.step(9_000)
    await until(() => slow.size() === 11)
    expect((await it.control.calls('getInfo'))[1]?.status).toBeUndefined()
    await it.control.step(Buffer.byteLength(plain.text) * 1000)
    expect(await slow.isWhole).toBe(true)
    expect(slow.text()).toBe(plain.text)
    await until(async () => (await it.control.calls('getInfo'))[1]?.status === 200)
  })

  test('may be a refusal, and one that nobody waits for ends', async () => {
    const it = await bench({ timeScale: 0 })
    await it.control.fault({ operation: 'getInfo', status: 500, message: 'No', bytesPerSecond: 1 })
    const slow = await download(it)
    await until(() => slow.size() === 1)
    expect(slow.status).toBe(500)
    slow.abort()
    await until(async () => (await it.control.calls('getInfo'))[0]?.status === 0)
  })
})

describe('an endless body', () => {
  test('grows until the client goes, and nothing is done', async () => {
    const it = await bench({ scenario: 'existing-account' })
    await it.control.fault({ operation: 'getInfo', endless: true })
    const endless = await download(it)
    expect([endless.status, endless.announced]).toEqual([200, undefined])
    await until(() => endless.size() > 20_000_000)
    expect(endless.text().slice(0, 12)).toBe('{"more":"xxx')
    expect((await it.control.calls('getInfo'))[0]?.status).toBeUndefined()
    endless.abort()
    await until(async () => (await it.control.calls('getInfo'))[0]?.status === 0)
  })

  test('may be slow and an error, and does not keep the simulator from closing', async () => {
    const it = await bench({ timeScale: 0 })
    await it.control.fault({ operation: 'getInfo', endless: true, status: 503, bytesPerSecond: 10, resetMidBody: true })
    const endless = await download(it)
    await until(() => endless.size() === 9)
    await it.control.step(950)
    await until(() => endless.size() === 10)
    expect(endless.status).toBe(503)
    await it.simulator.close()
    expect(await endless.isWhole).toBe(false)
  })

  test('of an operation with an effect has none', async () => {
    const it = await bench({ scenario: 'existing-account' })
    const { setupRequestID } = (await it.call('POST', '/v1/app/setup/start')).body as { setupRequestID: string }
    await it.control.fault({ operation: 'appSetupEmail', endless: true })
    const controller = new AbortController()
    const body = { setupRequestID, email: 'ada@example.com' }
    const reading = it.call('POST', '/v1/app/setup/email', { body, signal: controller.signal })
    await until(async () => (await it.control.calls('appSetupEmail'))[0]?.outcome === 200)
    controller.abort()
    await expect(reading).rejects.toThrow()
    expect((await it.control.snapshot()).mails).toEqual([])
  })
})

describe('a body that breaks off', () => {
  test('arrives by half, with the effect done', async () => {
    const it = await bench()
    const plain = await it.call('GET', '/v1/info')
    await it.control.fault({ operation: 'getInfo', resetMidBody: true })
    const half = await download(it)
    expect(await half.isWhole).toBe(false)
    expect(half.text()).toBe(plain.text.slice(0, Math.floor(plain.text.length / 2)))
    expect(half.announced).toBe(String(plain.text.length))
    await until(async () => (await it.control.calls('getInfo'))[1]?.status === 0)
    expect((await it.control.calls('getInfo'))[1]?.outcome).toBe(200)
  })

  test('slowly does so too', async () => {
    const it = await bench({ timeScale: 0 })
    const { text } = await it.call('GET', '/v1/info')
    await it.control.fault({ operation: 'getInfo', resetMidBody: true, bytesPerSecond: 100 })
    const half = await download(it)
    await until(() => half.size() === 10)
    await it.control.step(3_600_000)
    expect(await half.isWhole).toBe(false)
    expect(half.size()).toBe(Math.floor(text.length / 2))
  })

  test('is a lost answer for every operation, also where there is no body to halve', async () => {
    const it = await bench({ scenario: 'existing-account' })
    for (const operation of operationIDs) {
      await it.control.fault({ operation, resetMidBody: true, times: 1 })
      const { method, path } = rowOf(operation)
      await expect(it.call(method, path.replace(/\{\w+\}/g, 'sample')), operation).rejects.toThrow()
    }
    const { setupRequestID } = (await it.call('POST', '/v1/app/setup/start')).body as { setupRequestID: string }
    await it.control.fault({ operation: 'appSetupEmail', resetMidBody: true, times: 1 })
    const body = { setupRequestID, email: 'ada@example.com' }
    await expect(it.call('POST', '/v1/app/setup/email', { body })).rejects.toThrow()
    expect(await it.control.newestCode('ada@example.com')).toMatch(/^\d{6}$/)
  })

  test('breaks off over TLS as well', async () => {
    const { cert: ca, issue } = await createAuthority()
    const it = await bench({ tls: await issue({ names: ['127.0.0.1'] }), ca })
    await it.control.fault({ operation: 'getInfo', resetMidBody: true, times: 1 })
    await expect(it.call('GET', '/v1/info')).rejects.toThrow()
    await it.control.fault({ operation: 'getInfo', bytesPerSecond: 100_000, times: 1 })
    expect((await it.call('GET', '/v1/info')).status).toBe(200)
  })
})
