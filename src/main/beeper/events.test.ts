import { Control } from '#simulator/control-client'
import { startSimulator } from '#simulator/simulator'
import type { Simulator } from '#simulator/simulator'
import type { IncomingMessage } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { infoBody, sendJSON, serve, setupBody } from '../testing/http-server.ts'
import { listen, socketURL } from './events.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Listens and keeps what it hears; `when` waits for a state of it. */
function hearing(
  origin: string,
  token: string,
): { heard: string[]; when: (check: () => boolean) => Promise<void>; stop: () => void } {
  const heard: string[] = []
  const waiting = new Set<() => void>()
  const note = (what: string): void => {
    heard.push(what)
    for (const look of waiting) look()
  }
  const stop = listen(
    { origin, token },
    {
      started: () => {
        note('started')
      },
      changed: () => {
        note('changed')
      },
      ended: () => {
        note('ended')
      },
    },
  )
  closers.push(stop)
  const when = (check: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!check()) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return { heard, when, stop }
}

async function simulator(
  options: Parameters<typeof startSimulator>[0] = {},
): Promise<{ simulator: Simulator; control: Control }> {
  const started = await startSimulator({ scenario: 'needs-verification', timeScale: 100, ...options })
  closers.push(() => started.close())
  return { simulator: started, control: new Control(started.controlURL) }
}

describe('listening to a simulator', () => {
  test('starts, and hears that something changes, each time', async () => {
    const { simulator: server, control } = await simulator()
    const { heard, when } = hearing(server.origin, await control.token())
    await when(() => heard.length === 1)
    for (const state of ['ready', 'needs-secrets', 'needs-first-sync'] as const) {
      const count = heard.length
      await control.signIn('ada@example.com', state)
      await when(() => heard.length > count)
    }
    expect(heard[0]).toBe('started')
    expect(new Set(heard.slice(1))).toEqual(new Set(['changed']))
  })

  test('a verification that begins elsewhere asks for a look', async () => {
    const { simulator: server, control } = await simulator()
    const { heard, when } = hearing(server.origin, await control.token())
    await when(() => heard.length === 1)
    await control.requestVerification()
    await when(() => heard.length > 1)
    expect(heard.slice(0, 2)).toEqual(['started', 'changed'])
  })

  test('says when it ends, and starts again when the server is back', { timeout: 15_000 }, async () => {
    const { simulator: server, control } = await simulator()
    const { heard, when } = hearing(server.origin, await control.token())
    await when(() => heard.includes('started'))
    await server.close()
    await when(() => heard.includes('ended'))
    const count = heard.length
    const again = await simulator({ port: Number(new URL(server.origin).port) })
    // The same seed gives the same token, once it is issued.
    await again.control.token()
    await when(() => heard.slice(count).includes('started'))
  })

  test('a dead token ends every attempt and hears nothing', async () => {
    const { simulator: server } = await simulator()
    const { heard, when } = hearing(server.origin, 'dead')
    await when(() => heard.length === 2)
    expect(heard).toEqual(['ended', 'ended'])
  })

  test('is silent after it was told to stop', async () => {
    const { simulator: server, control } = await simulator()
    const token = await control.token()
    const first = hearing(server.origin, token)
    await first.when(() => first.heard.includes('started'))
    first.stop()
    const count = first.heard.length
    const second = hearing(server.origin, token)
    await second.when(() => second.heard.includes('started'))
    await control.signIn('ada@example.com', 'ready')
    await second.when(() => second.heard.includes('changed'))
    expect(first.heard).toHaveLength(count)
  })
})

const subscribed = JSON.stringify({ type: 'subscriptions.updated', chatIDs: [], app: { state: true } })
/** More than a frame may hold: the end of a connection, so that nothing more can come. */
const huge = 'x'.repeat(2 * 1024 * 1024)
const change = JSON.stringify({ type: 'verification.removed' })

/** A Beeper that announces `socket`, takes WebSockets at any path, greets with `first` and answers what it hears with `then`. */
async function announcing(
  socket: (origin: string) => string,
  first: readonly string[] = [],
  then: readonly string[] = [subscribed],
): Promise<{ origin: string; upgrades: IncomingMessage[]; received: string[] }> {
  const server = await serve((answer, { headers }) => {
    const origin = `http://${headers.host ?? ''}`
    sendJSON(answer, 200, infoBody(origin, { socket: socket(origin) }))
  })
  const upgrades: IncomingMessage[] = []
  const received: string[] = []
  const sockets = new WebSocketServer({ noServer: true })
  server.onUpgrade((request, stream, head) => {
    upgrades.push(request)
    sockets.handleUpgrade(request, stream, head, (one) => {
      one.on('message', (data: Buffer) => {
        received.push(data.toString('utf8'))
        for (const text of then) one.send(text)
      })
      for (const text of first) one.send(text)
    })
  })
  closers.push(() => server.close())
  return { origin: server.origin, upgrades, received }
}
const ready = JSON.stringify({ type: 'ready' })
const own = (origin: string): string => origin

describe('the endpoint', () => {
  test.each([
    ['http://127.0.0.1:23373/v1/ws', 'ws://127.0.0.1:23373/v1/ws'],
    ['ws://127.0.0.1:23373/other', 'ws://127.0.0.1:23373/other'],
    ['/elsewhere', 'ws://127.0.0.1:23373/elsewhere'],
    ['', 'ws://127.0.0.1:23373/'],
    ['http://127.0.0.1:23373/v1/ws#part', 'ws://127.0.0.1:23373/v1/ws'],
    ['http://me:secret@127.0.0.1:23373/v1/ws', 'ws://127.0.0.1:23373/v1/ws'],
    ['https://127.0.0.1:23373/v1/ws', 'ws://127.0.0.1:23373/v1/ws'],
    ['http://127.0.0.1:23374/v1/ws', 'ws://127.0.0.1:23373/v1/ws'],
    ['ws://evil.test/v1/ws', 'ws://127.0.0.1:23373/v1/ws'],
    ['//evil.test/v1/ws', 'ws://127.0.0.1:23373/v1/ws'],
    ['http://127.0.0.1:23373@evil.test/', 'ws://127.0.0.1:23373/v1/ws'],
    ['http://localhost:23373/v1/ws', 'ws://127.0.0.1:23373/v1/ws'],
    ['javascript:alert(1)', 'ws://127.0.0.1:23373/v1/ws'],
    ['http://[', 'ws://127.0.0.1:23373/v1/ws'],
  ])('ORI-2: announced as "%s" is %s', (announced, url) => {
    expect(socketURL('http://127.0.0.1:23373', announced)).toBe(url)
  })

  test('an https origin is asked over wss', () => {
    expect(socketURL('https://beeper.test', 'https://beeper.test/v1/ws')).toBe('wss://beeper.test/v1/ws')
  })

  test('ORI-2: a foreign one never hears of the token', async () => {
    const foreign = await announcing((origin) => origin)
    const home = await announcing(() => `${foreign.origin}/v1/ws`, [ready])
    const { heard, when } = hearing(home.origin, 'SECRET')
    await when(() => heard.includes('started'))
    expect(home.upgrades.map(({ url, headers }) => [url, headers.authorization])).toEqual([['/v1/ws', 'Bearer SECRET']])
    expect(foreign.upgrades).toEqual([])
  })
})

describe('frames', () => {
  test('subscribes to the setup state alone, and passes over everything else', async () => {
    const noise = [
      '',
      'not json',
      '7',
      'null',
      '[]',
      '{"type":7}',
      '{"type":"message.upserted","chatID":"c"}',
      '{"type":"chat.upserted","app":{"state":true}}',
      '{"type":"error","code":"x","message":"y"}',
      '{"type":"app.state"}',
    ]
    const server = await announcing(own, [...noise, ready], [...noise, subscribed, ...noise, subscribed, change, huge])
    const { heard, when } = hearing(server.origin, 't')
    await when(() => heard.includes('ended'))
    expect(heard).toEqual(['started', 'changed', 'ended'])
    expect(server.received.map((text) => JSON.parse(text) as unknown)).toEqual([
      { type: 'subscriptions.set', chatIDs: [], app: { state: true } },
    ])
  })

  test.each([
    ['app.state.updated', { seq: 1, ts: 0, appState: setupBody('ready') }],
    ['app.state.updated', { seq: 1, ts: 0, appState: { state: 'ready' } }],
    ['app.state.updated', {}],
    ['verification.updated', { seq: 1, ts: 'now', verification: 7 }],
    ['verification.removed', {}],
    ['verification.moved', { app: 'x' }],
  ])('%s with %j is a change, whatever it carries', async (type, more) => {
    const server = await announcing(own, [ready], [subscribed, JSON.stringify({ type, ...more }), huge])
    const { heard, when } = hearing(server.origin, 't')
    await when(() => heard.includes('ended'))
    expect(heard).toEqual(['started', 'changed', 'ended'])
  })

  test('a burst is passed on as it comes', async () => {
    const server = await announcing(own, [ready], [subscribed, ...Array.from({ length: 50 }, () => change)])
    const { heard, when } = hearing(server.origin, 't')
    await when(() => heard.length === 51)
    expect(new Set(heard.slice(1))).toEqual(new Set(['changed']))
  })

  // "started" makes the listener read everything: what changes between that reading and the subscription would be missed.
  test('events have not started with "ready", nor with a subscription that was refused or left out the state', async () => {
    const refusals = [
      '{"type":"error","code":"INVALID_PAYLOAD","message":"no"}',
      '{"type":"subscriptions.updated","chatIDs":[],"app":{"state":false}}',
    ]
    const server = await announcing(own, [ready], [...refusals, change, huge])
    const { heard, when } = hearing(server.origin, 't')
    await when(() => heard.includes('ended'))
    // The first event shows that they flow after all.
    expect(heard).toEqual(['started', 'ended'])
  })

  test.each([
    ['one without a word about the state', '{"type":"subscriptions.updated","chatIDs":[]}'],
    ['one of a shape nobody knows', '{"type":"subscriptions.updated","app":true}'],
    ['an event without a confirmation before it', change],
  ])('events have started with %s', async (_, text) => {
    const server = await announcing(own, [ready], [text, change, huge])
    const { heard, when } = hearing(server.origin, 't')
    await when(() => heard.includes('ended'))
    expect(heard).toEqual(['started', 'changed', 'ended'])
  })

  test('one that is far too large ends the connection, not the app', async () => {
    const { origin } = await announcing(own, [huge])
    const { heard, when } = hearing(origin, 't')
    await when(() => heard.includes('ended'))
  })

  test('a token that no header can carry is one more failed attempt', async () => {
    const { origin, upgrades } = await announcing(own)
    const { heard, when } = hearing(origin, 'a\nb')
    await when(() => heard.includes('ended'))
    expect(upgrades).toEqual([])
  })
})
