// Events that arrive twice, late, out of date, mangled or not at all.
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { ScenarioName } from './scenarios/register.ts'
import { bench, until, type Bench } from './testing.ts'
import { connect, listener, type Frame } from './testing-sockets.ts'

async function listening(
  scenario: ScenarioName = 'needs-verification',
): Promise<Bench & { token: string; frames: Frame[]; socket: WebSocket }> {
  const it = await bench({ scenario, timeScale: 0 })
  const token = await it.control.token()
  return { ...it, token, ...(await listener(it, token)) }
}

const states = (frames: readonly Frame[]): unknown[] =>
  frames.map(({ appState }) => (appState as { state: string } | undefined)?.state)

test('twice, each under a number of its own', async () => {
  const { control, frames } = await listening()
  await control.events({ isDoubled: true })
  await control.state('needs-secrets')
  await until(() => frames.length === 2)
  expect(states(frames)).toEqual(['needs-secrets', 'needs-secrets'])
  expect(frames.map(({ seq }) => seq)).toEqual([1, 2])
})

test('late, as they were when they were made', async () => {
  const { control, frames } = await listening()
  await control.events({ delayMs: 10_000 })
  await control.state('needs-secrets')
  await control.events({ delayMs: 0 })
  await control.state('ready')
  await until(() => frames.length === 1)
  await control.step(10_000)
  await until(() => frames.length === 2)
  expect(states(frames)).toEqual(['ready', 'needs-secrets'])
  expect(frames.map(({ seq }) => seq)).toEqual([1, 2])
})

test('one of before once more, or one that was never true', async () => {
  const { control, frames } = await listening()
  expect(await control.repeatEvent('verification.updated')).toBe(0)
  await control.requestVerification()
  await control.state('ready')
  expect(await control.repeatEvent('verification.updated')).toBe(1)
  expect(await control.repeatEvent()).toBe(1)
  expect(await control.staleState('needs-login')).toBe(1)
  await until(() => frames.length === 6)
  expect(frames.map(({ type }) => type).slice(3)).toEqual([
    'verification.updated',
    'app.state.updated',
    'app.state.updated',
  ])
  expect(states(frames).slice(4)).toEqual(['ready', 'needs-login'])
  expect((await control.snapshot()).state).toBe('ready')
})

test('not at all, and not later either', async () => {
  const { control, frames } = await listening()
  await control.events({ isMuted: true })
  await control.requestVerification()
  await control.vanish()
  await control.events({ isMuted: false })
  await control.state('ready')
  await until(() => frames.length === 1)
  expect(states(frames)).toEqual(['ready'])
})

test('of kinds nobody knows, and some that are no JSON', async () => {
  const { control, frames, socket } = await listening()
  const texts: string[] = []
  socket.removeAllListeners('message')
  socket.on('message', (data: Buffer) => texts.push(data.toString()))
  expect(await control.frame({ type: 'weather.updated', sky: 'blue' })).toBe(1)
  expect(await control.frame('{"type":')).toBe(1)
  await until(() => texts.length === 2)
  expect(JSON.parse(texts[0] ?? '')).toMatchObject({ type: 'weather.updated', seq: 1, sky: 'blue' })
  expect(texts[1]).toBe('{"type":')
  expect(frames).toEqual([])
})

test('only to who has subscribed, and that is counted', async () => {
  const it = await listening()
  await connect(it, it.token)
  expect((await it.control.snapshot()).sockets).toBe(1)
  expect(await it.control.staleState('ready')).toBe(1)
})

test('nobody hears anything when the sockets are dropped, until they come back', async () => {
  const it = await listening()
  const second = await listener(it, it.token)
  const codes: number[] = []
  second.socket.on('close', (code) => codes.push(code))
  expect(await it.control.dropSockets(4001)).toBe(2)
  await until(() => it.socket.readyState === WebSocket.CLOSED && codes.length === 1)
  expect(codes).toEqual([4001])
  await until(async () => (await it.control.snapshot()).sockets === 0)
  const third = await listener(it, it.token)
  expect(await it.control.dropSockets()).toBe(1)
  await until(() => third.socket.readyState === WebSocket.CLOSED)
})

test('a removed verification is told without its ID', async () => {
  const { control, frames } = await listening()
  await control.requestVerification()
  await control.vanish()
  await until(() => frames.length === 4)
  expect(frames.map(({ type }) => type).slice(2)).toEqual(['verification.removed', 'app.state.updated'])
  expect(frames[3]?.['appState']).not.toHaveProperty('verification')
})
