import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { bench, until } from './testing.ts'
import { connect, subscribe } from './testing-sockets.ts'

test('greets, subscribes, and tells state and verifications with a growing seq', async () => {
  const it = await bench({ scenario: 'needs-verification' })
  const { frames, socket } = await connect(it, await it.control.token())
  await until(() => frames.length === 1)
  expect(frames[0]).toEqual({ type: 'ready', version: 1, chatIDs: [], app: { state: false } })
  await it.control.requestVerification()
  subscribe(socket)
  await until(() => frames.length === 2)
  expect(frames[1]).toEqual({ type: 'subscriptions.updated', requestID: 'r1', chatIDs: [], app: { state: true } })
  await it.control.verification('cancel')
  await until(() => frames.length >= 4)
  const types = frames.slice(2).map(({ type }) => type)
  expect(types).toEqual(['verification.updated', 'app.state.updated'])
  expect(frames.slice(2).map(({ seq }) => seq)).toEqual([1, 2])
  await it.control.step(6 * 60_000)
  await until(() => frames.some(({ type }) => type === 'verification.removed'))
})

test('takes no token, a dead one or the wrong scope for a no', async () => {
  const it = await bench({ scenario: 'ready' })
  await expect(connect(it)).rejects.toThrow('401')
  await expect(connect(it, 'dead')).rejects.toThrow('401')
  await expect(connect(it, await it.control.token({ scopes: ['write'] }))).rejects.toThrow('403')
  expect(await it.control.counts()).toMatchObject({ connectEvents: 3 })
  const plain = await it.call('GET', '/v1/ws', { token: await it.control.token() })
  expect(plain.status).toBe(426)
})

test('answers nonsense with an error and lives on', async () => {
  const it = await bench({ scenario: 'ready' })
  const { frames, socket } = await connect(it, await it.control.token())
  for (const text of ['{', '{"type":"dance"}', '{"type":"subscriptions.set","surprise":1}']) socket.send(text)
  subscribe(socket)
  await until(() => frames.length === 5)
  expect(frames.slice(1).map(({ code, type }) => code ?? type)).toEqual([
    'INVALID_PAYLOAD',
    'INVALID_COMMAND',
    'INVALID_PAYLOAD',
    'subscriptions.updated',
  ])
})

test('tells the sign-out, then closes', async () => {
  const it = await bench({ scenario: 'ready' })
  const { frames, socket } = await connect(it, await it.control.token())
  subscribe(socket)
  await until(() => frames.length === 2)
  await it.control.signOut()
  await until(() => socket.readyState === WebSocket.CLOSED)
  expect(frames.at(-1)).toMatchObject({ type: 'app.state.updated', appState: { state: 'needs-login' } })
})
