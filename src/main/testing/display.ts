// A screen that nobody sees, for programs that open a window.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Display {
  /** What `DISPLAY` has to be. */
  readonly name: string
  stop(): void
}

/** Starts a screen of one's own. It picks a number that is free, so that many can be started at once. */
export async function startDisplay(): Promise<Display> {
  const flags = ['-displayfd', '1', '-screen', '0', '800x600x24', '-noreset', '-nolisten', 'tcp']
  const server = spawn('Xvfb', flags, { stdio: ['ignore', 'pipe', 'ignore'] })
  const number = await new Promise<string>((resolve, reject) => {
    createInterface(server.stdout).once('line', resolve)
    server.once('exit', (code) => {
      reject(new Error(`Xvfb ended with ${String(code)}`))
    })
  })
  return { name: `:${number}`, stop: () => void server.kill('SIGTERM') }
}
