// The fixture of every journey: a Beeper that follows the contract, and a desk with the app. On failure the log of main and
// the output of the app are attached; an error in a page fails the journey whatever else it saw.
import { test as base, expect } from '@playwright/test'
import { Control } from '#simulator/control-client'
import { startSimulator } from '#simulator/simulator'
import type { Simulator, SimulatorOptions } from '#simulator/simulator'
import type { World } from '#simulator/world'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Desk } from './desk.ts'
import type { KeychainState } from './keyring.ts'
import { startRecorder } from './recorder.ts'
import type { Recorder } from './recorder.ts'

export interface Beeper {
  readonly port: number
  readonly origin: string
  readonly control: Control
  /** What it knows, for the few things that no hand on the other side can change. */
  readonly world: World
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

  beeper: async ({ scenario, isAbsent, timeScale }, use) => {
    let running: Simulator | undefined
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
      async start() {
        running = await startSimulator({ port, scenario, timeScale })
      },
      async stop() {
        await running?.close()
        running = undefined
      },
    }
    if (!isAbsent) await beeper.start()
    await use(beeper)
    await beeper.stop()
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads from the braces that it needs nothing
  recorder: async ({}, use) => {
    const recorder = await startRecorder()
    await use(recorder)
    await recorder.close()
  },

  desk: async ({ beeper, keychain }, use, info) => {
    const desk = await Desk.setUp([beeper.port], keychain)
    await use(desk)
    const log = desk.log()
    const output = desk.output.join('')
    await desk.clear()
    if (info.status !== info.expectedStatus) {
      await info.attach('main log', { body: log, contentType: 'text/plain' })
      await info.attach('output', { body: output, contentType: 'text/plain' })
    }
    expect(desk.pageErrors, 'errors in pages').toEqual([])
    expect(log, 'errors nobody caught').not.toContain('process.u')
  },
})

export { expect }
