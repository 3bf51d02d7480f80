import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { until } from './testing.ts'
import { trustingFetch } from './trusting-fetch.ts'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function start(...options: string[]): { child: ChildProcess; text: () => string; ended: Promise<number | null> } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/cli.ts', ...options])
  children.push(child)
  let text = ''
  const listen = (chunk: Buffer): void => {
    text += chunk.toString('utf8')
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, text: () => text, ended }
}

test('lists its scenarios and explains itself', async () => {
  const list = start('--list')
  const help = start('--help')
  expect(await list.ended).toBe(0)
  expect(list.text()).toMatch(/^new-account +\S/m)
  expect(await help.ended).toBe(0)
  expect(help.text()).toContain('--scenario NAME')
}, 20_000)

test.each([
  [['--scenario', 'nope'], 'There is no scenario "nope". --list names them.'],
  [['--port', 'soon'], '--port cannot be "soon". See --help.'],
  [['--prt', '1'], 'See --help.'],
  [['--host', '0.0.0.0'], '--host cannot be "0.0.0.0". See --help.'],
  [['--name', 'a/b'], '--name cannot be "a/b". See --help.'],
  [['--tls'], '--tls needs --tls-ca FILE, to say whom to trust. See --help.'],
  [['--tls-ca', 'ca.pem'], '--tls-ca goes with --tls. See --help.'],
  [['--tls', '--tls-ca', '/no/such/folder/ca.pem'], '--tls-ca cannot be written: ENOENT'],
])(
  '%j is refused with a remedy',
  async (options, text) => {
    const run = start(...options)
    expect(await run.ended).toBe(1)
    expect(run.text()).toContain(text)
  },
  20_000,
)

test('a busy port is said to be busy', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const run = start('--port', String((server.address() as AddressInfo).port))
  expect(await run.ended).toBe(1)
  expect(run.text()).toContain('--port 0 finds a free one')
  server.close()
}, 20_000)

test('serves until it is interrupted', async () => {
  const run = start('--port', '0', '--scenario', 'ready')
  await until(() => run.text().includes('Ctrl-C'))
  const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(run.text())?.[0] ?? ''
  expect((await fetch(`${origin}/v1/info`)).status).toBe(200)
  run.child.kill('SIGINT')
  expect(await run.ended).toBe(0)
}, 20_000)

test('speaks TLS, and says in a file whom to trust', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'))
  const file = join(folder, 'ca.pem')
  const run = start('--port', '0', '--host', '127.0.0.2', '--name', 'localhost', '--tls', '--tls-ca', file)
  await until(() => run.text().includes('Ctrl-C'))
  expect(run.text()).toContain(`Authority to trust  ${file}`)
  const { port } = new URL(/https:\/\/localhost:\d+/.exec(run.text())?.[0] ?? '')
  const send = trustingFetch(readFileSync(file, 'utf8'))
  expect((await send(`https://127.0.0.2:${port}/v1/info`)).status).toBe(200)
  run.child.kill('SIGTERM')
  expect(await run.ended).toBe(0)
  rmSync(folder, { recursive: true })
}, 20_000)
