import { afterEach, expect, test } from 'vitest'
import { otherLoopback } from './ipv6.ts'
import { startStranger, type Stranger } from './strangers.ts'

const open: Stranger[] = []
afterEach(async () => {
  for (const stranger of open.splice(0)) await stranger.close()
})

const start = async (...args: Parameters<typeof startStranger>): Promise<Stranger> => {
  const stranger = await startStranger(...args)
  open.push(stranger)
  return stranger
}

test.each([
  ['html', 200, /text\/html/, /<h1>/],
  ['json', 200, /application\/json/, /^\{"hello":"world"\}$/],
  ['not-found', 404, /^$/, /^$/],
  ['teapot', 500, /application\/json/, /^\{"error":/],
] as const)('%s answers %i on every path and to every method', async (kind, status, type, body) => {
  const { origin } = await start(kind)
  for (const [method, path] of [['GET', '/v1/info'], ['GET', '/'], ['POST', '/v1/app/setup/start']] as const) {
    const response = await fetch(`${origin}${path}`, { method })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type') ?? '').toMatch(type)
    expect(await response.text()).toMatch(body)
  }
}) // prettier-ignore

test('silent takes a request, answers nothing, and can be closed all the same', async () => {
  const stranger = await start('silent')
  const asked = fetch(`${stranger.origin}/v1/info`).then(
    () => 'answered',
    () => 'cut',
  )
  // Time enough for an answer: one that was asked later has come.
  const other = await start('json')
  await fetch(other.origin)
  await stranger.close()
  expect(await asked).toBe('cut')
})

test('sits where it is told, and on a taken port it says so', async () => {
  const { origin } = await start('json', { host: otherLoopback })
  expect(origin).toMatch(/^http:\/\/(?:\[::1\]|127\.0\.0\.2):\d+$/)
  expect((await fetch(origin)).status).toBe(200)
  const port = Number(new URL(origin).port)
  await expect(startStranger('html', { host: otherLoopback, port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
