import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { run } from './children.mjs'

const HERE = dirname(fileURLToPath(import.meta.url))
const CHILDREN = pathToFileURL(join(HERE, 'children.mjs')).href
const PATHS = pathToFileURL(join(HERE, 'paths.mjs')).href

test('gathers the output of a quiet program and its exit code', async () => {
  const { code, output } = await run(process.execPath, ['-e', 'console.log("words"); process.exit(3)'], { quiet: true })
  expect({ code, output }).toEqual({ code: 3, output: 'words\n' })
})

test('a program that does not exist is an exit code, not an exception', async () => {
  expect((await run('no-such-program-anywhere', [], { quiet: true })).code).toBe(127)
})

test('ends a program that takes too long, together with what it started', async () => {
  const script = 'require("child_process").spawn("sleep", ["60"], { stdio: "inherit" }); setInterval(() => {}, 1000)'
  const { code } = await run(process.execPath, ['-e', script], { quiet: true, timeoutMs: 300 })
  expect(code).toBe(143)
})

// Windows has no signals to send.
describe.skipIf(process.platform === 'win32')('an interrupted script', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'drawbridge-test-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  /**
   * Starts a script that runs `command` with `options` in a staging folder, and interrupts it when that is under way.
   * @param {string} command
   * @param {object} options
   */
  async function interrupted(command, options) {
    const script = `
      import { run } from ${JSON.stringify(CHILDREN)}
      import { stagingFolder } from ${JSON.stringify(PATHS)}
      const cwd = stagingFolder(${JSON.stringify(folder)}, 'work')
      await run('sh', ['-c', ${JSON.stringify(`echo started; ${command}`)}], { cwd, ...${JSON.stringify(options)} })
      console.log('went on')`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      if (output === '') child.kill('SIGINT')
      output += chunk
    })
    const code = await new Promise((settle) => child.on('exit', settle))
    return { code, output, staging: existsSync(join(folder, `.work-${child.pid}`)) }
  }

  test('takes its child along and removes its staging folder', async () => {
    const ended = await interrupted('exec sleep 60', {})
    expect(ended).toEqual({ code: 130, output: 'started\n', staging: false })
  })

  test('does not wait for a child that is expendable and deaf', async () => {
    const ended = await interrupted('trap "" INT; sleep 60', { expendable: true })
    expect(ended).toEqual({ code: 130, output: 'started\n', staging: false })
  }, 4000)

  test('waits for a child that must not stop halfway', async () => {
    const done = join(folder, 'done')
    const ended = await interrupted(`sleep 0.5; touch ${done}`, { mustFinish: true })
    expect(ended.code).toBe(130)
    expect(existsSync(done)).toBe(true)
  })
})
