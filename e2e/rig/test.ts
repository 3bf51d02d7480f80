// The fixture of every journey: a Beeper that follows the contract, and a desk with the app. On failure the log of main and
// the output of the app are attached; an error in a page fails the journey whatever else it saw.
import { test as base, expect } from '@playwright/test'
import type { TestInfo } from '@playwright/test'
import { bridgeEntries } from '#simulator/bridge-flows'
import { Control } from '#simulator/control-client'
import { startSimulator } from '#simulator/simulator'
import type { Simulator, SimulatorOptions } from '#simulator/simulator'
import type { World } from '#simulator/world'
import { randomInt } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Desk } from './desk.ts'
import type { KeychainState } from './keyring.ts'
import { startRecorder } from './recorder.ts'
import type { Recorder } from './recorder.ts'
import { sweep } from './sweep.ts'
import { isFoundByChance } from './sweep-matcher.ts'
import type { Exception, Hit, Secret } from './sweep.ts'

export interface Beeper {
  readonly port: number
  readonly origin: string
  readonly control: Control
  /** What it knows, for the few things that no hand on the other side can change. */
  readonly world: World
  /** Every secret that it has made, also before it was stopped and started again. */
  secrets(): readonly Secret[]
  /** Starts it where it is absent at first. */
  start(): Promise<void>
  stop(): Promise<void>
}

interface Options {
  /** Which world the journey begins in; `absent` starts no server. */
  scenario: NonNullable<SimulatorOptions['scenario']>
  isAbsent: boolean
  timeScale: number
  keychain: KeychainState
  /** What the simulator draws its secrets from; drawn anew for each test and told of one that failed. */
  seed: number | undefined
  /** Secrets of the journey's own, which no file of the app and no page may hold. */
  secrets: readonly Secret[]
}

/** Where a secret belongs at any time (threat-model.md, section 1). */
const belongs: readonly Exception[] = [
  // A2: the answer of one command.
  { name: 'recovery-key', place: 'answer', where: 'security.createRecoveryKey' },
  // A3, by its nature: the page that asks for permission hands it back.
  { name: 'oauth-state', place: 'opened' },
]

/**
 * Some websites keep the number of an account among their cookies. Everybody is told it, by the network too when it says who
 * has signed in; it opens nothing.
 */
const accountNumbers = new Set(
  bridgeEntries.flatMap(({ people }) => Object.values(people).map(({ loginID }) => loginID)),
)
const isAccountNumber = ({ name, value }: Secret): boolean => name === 'network-cookie' && accountNumbers.has(value)

/** Sweeps behind a journey. What it finds in the heap comes with the snapshot, for Chromium's developer tools. */
async function search(desk: Desk, beeper: Beeper, info: TestInfo): Promise<readonly Hit[]> {
  const all = [...beeper.secrets(), ...desk.secrets]
  const wanted = all.filter((secret) => !isFoundByChance(secret.value) && !isAccountNumber(secret))
  const others = all.filter((secret) => !wanted.includes(secret)).map(({ name }) => name)
  if (others.length > 0)
    info.annotations.push({ type: 'not looked for, found by chance or public', description: others.join() })
  const hits = await sweep(desk, wanted, { except: [...belongs, ...desk.exceptions] })
  if (hits.some(({ place }) => place === 'heap'))
    for (const name of readdirSync(desk.notes).filter((file) => file.endsWith('.heapsnapshot')))
      await info.attach(name, { path: join(desk.notes, name) })
  return hits
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

export const test = base.extend<Options & { beeper: Beeper; desk: Desk; recorder: Recorder }>({
  scenario: ['new-account', { option: true }],
  isAbsent: [false, { option: true }],
  timeScale: [1, { option: true }],
  keychain: ['unlocked', { option: true }],
  seed: [undefined, { option: true }],
  secrets: [[], { option: true }],

  beeper: async ({ scenario, isAbsent, timeScale, seed: wanted }, use, info) => {
    const seed = wanted ?? randomInt(2 ** 31)
    info.annotations.push({ type: 'seed', description: String(seed) })
    let running: Simulator | undefined
    const earlier: Secret[] = []
    const port = await freePort()
    const beeper: Beeper = {
      port,
      origin: `http://127.0.0.1:${String(port)}`,
      get control() {
        if (running === undefined) throw new Error('this Beeper is not running')
        return new Control(running.controlURL)
      },
      get world() {
        if (running === undefined) throw new Error('this Beeper is not running')
        return running.world
      },
      secrets: () => [...earlier, ...(running === undefined ? [] : running.world.secrets())],
      async start() {
        running = await startSimulator({ port, scenario, timeScale, seed })
      },
      async stop() {
        if (running === undefined) return
        earlier.push(...running.world.secrets())
        await running.close()
        running = undefined
      },
    }
    if (!isAbsent) await beeper.start()
    await use(beeper)
    await beeper.stop()
    if (info.status !== info.expectedStatus)
      await info.attach('to repeat it', { body: `test.use({ seed: ${seed} })`, contentType: 'text/plain' })
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads from the braces that it needs nothing
  recorder: async ({}, use) => {
    const recorder = await startRecorder()
    await use(recorder)
    await recorder.close()
  },

  desk: async ({ beeper, keychain, secrets }, use, info) => {
    const desk = await Desk.setUp([beeper.port], keychain)
    for (const { name, value } of secrets) desk.secret(name, value)
    await use(desk)
    const log = desk.log()
    const output = desk.output.join('')
    const hits = await search(desk, beeper, info).finally(() => desk.clear())
    if (info.status !== info.expectedStatus) {
      await info.attach('main log', { body: log, contentType: 'text/plain' })
      await info.attach('output', { body: output, contentType: 'text/plain' })
    }
    expect(hits, 'SEC-1: secrets where they must not be').toEqual([])
    expect(desk.pageErrors, 'errors in pages').toEqual([])
    expect(log, 'errors nobody caught').not.toContain('process.u')
  },
})

export { expect }
