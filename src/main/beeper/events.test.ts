import { Control } from '#simulator/control-client'
import { startSimulator } from '#simulator/simulator'
import type { Simulator } from '#simulator/simulator'
import type { SetupState } from '#contract/beeper/setup'
import type { IncomingMessage } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { infoBody, sendJSON, serve } from '../testing/http-server.ts'
import { listen, socketURL } from './events.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Listens and keeps what it hears; `when` waits for a state of it. */
function hearing(
  origin: string,
  token: string,
): { heard: string[]; setups: SetupState[]; when: (check: () => boolean) => Promise<void>; stop: () => void } {
  const heard: string[] = []
  const setups: SetupState[] = []
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
      setupUpdated: (setup) => {
        setups.push(setup)
        note('updated')
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
  return { heard, setups, when, stop }
}

async function simulator(
  options: Parameters<typeof startSimulator>[0] = {},
): Promise<{ simulator: Simulator; control: Control }> {
  const started = await startSimulator({ scenario: 'needs-verification', timeScale: 100, ...options })
  closers.push(() => started.close())
  return { simulator: started, control: new Control(started.controlURL) }
}

describe('listening to a simulator', () => {
  test('starts, and hears of every change with its state', async () => {
    const { simulator: server, control } = await simulator()
    const { heard, when: until, setups: states } = hearing(server.origin, await control.token())
    await until(() => heard.includes('started'))
    await control.signIn('ada@example.com', 'ready')
    await until(() => states.some(({ state }) => state === 'ready'))
    await control.signIn('ada@example.com', 'needs-secrets')
    await until(() => states.at(-1)?.state === 'needs-secrets')
  })

  test('a verification that begins elsewhere asks for a look', async () => {
    const { simulator: server, control } = await simulator()
    const { heard, when } = hearing(server.origin, await control.token())
    await when(() => heard.length === 1)
    await control.requestVerification()
    await when(() => heard.length > 1)
    expect(new Set(heard)).toEqual(new Set(['started', ...(heard.includes('updated') ? ['updated'] : [])]))
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
    await second.when(() => second.setups.length > 0)
    expect(first.heard).toHaveLength(count)
  })
})

/** A Beeper that announces `socket` and takes WebSockets at any path. */
async function announcing(
  socket: (origin: string) => string,
  greet: (send: (text: string) => void) => void = () => undefined,
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
        // Its effect is one more look, so that a test can wait for what was received.
        one.send('{"type":"verification.removed"}')
      })
      greet((text) => {
        one.send(text)
      })
    })
  })
  closers.push(() => server.close())
  return { origin: server.origin, upgrades, received }
}
const ready = JSON.stringify({ type: 'ready' })

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
    const own = await announcing(
      () => `${foreign.origin}/v1/ws`,
      (send) => {
        send(ready)
      },
    )
    const { heard, when } = hearing(own.origin, 'SECRET')
    await when(() => heard.includes('started'))
    expect(own.upgrades.map(({ url, headers }) => [url, headers.authorization])).toEqual([['/v1/ws', 'Bearer SECRET']])
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
      '{"type":"app.state.updated"}',
      '{"type":"app.state.updated","appState":{"state":"ready"}}',
    ]
    const { origin, received } = await announcing(
      (own) => own,
      (send) => {
        for (const text of [...noise, ready, ...noise]) send(text)
      },
    )
    const { heard, setups, when } = hearing(origin, 't')
    await when(() => heard.length === 2)
    expect(heard).toEqual(['started', 'started'])
    expect(setups).toEqual([])
    expect(received.map((text) => JSON.parse(text) as unknown)).toEqual([
      { type: 'subscriptions.set', chatIDs: [], app: { state: true } },
    ])
  })

  test('one that is far too large ends the connection, not the app', async () => {
    const { origin } = await announcing(
      (own) => own,
      (send) => {
        send('x'.repeat(2 * 1024 * 1024))
      },
    )
    const { heard, when } = hearing(origin, 't')
    await when(() => heard.includes('ended'))
  })

  test('a token that no header can carry is one more failed attempt', async () => {
    const { origin, upgrades } = await announcing((own) => own)
    const { heard, when } = hearing(origin, 'a\nb')
    await when(() => heard.includes('ended'))
    expect(upgrades).toEqual([])
  })
})
