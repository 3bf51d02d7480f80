import { en } from '#messages/en'
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fakeClock, fakeLog, settle } from '../testing/fakes.ts'
import { clearAfterMs, createKeyClipboard } from './key-clipboard.ts'
import { saveRecoveryFile } from './recovery-file.ts'

const key = 'EsTx 7bKq 9mVd 2rNw Zp4f'
const words = en.native.saveRecoveryKey

describe('ONE-5: the saved key', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recovery-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })
  const save = (filePath: string, log = fakeLog()) =>
    saveRecoveryFile({ askWhere: async () => ({ canceled: filePath === '', filePath }), words, log }, key)

  test('ONE-5: the file has mode 0600, the whole key, and nothing beside it', async () => {
    const path = join(folder, words.fileName)
    expect(await save(path)).toEqual({ ok: true, value: { isSaved: true } })
    expect(readFileSync(path, 'utf8')).toContain(`\n${key}\n`)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual([words.fileName])
  })

  test('ONE-5: an open file that is there already is replaced by a closed one', async () => {
    const path = join(folder, 'key.txt')
    writeFileSync(path, 'old and longer than the new text'.repeat(100))
    chmodSync(path, 0o666)
    const before = statSync(path).ino
    await save(path)
    expect(readFileSync(path, 'utf8')).toBe(words.contents(key))
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(path).ino).not.toBe(before)
  })

  test('ONE-5: through a link the file that it names is replaced', async () => {
    writeFileSync(join(folder, 'real.txt'), 'old')
    symlinkSync(join(folder, 'real.txt'), join(folder, 'link.txt'))
    await save(join(folder, 'link.txt'))
    expect(readFileSync(join(folder, 'real.txt'), 'utf8')).toContain(key)
    expect(statSync(join(folder, 'real.txt')).mode & 0o777).toBe(0o600)
  })

  test('ONE-5: a cancelled dialog saves nothing and is no problem', async () => {
    expect(await save('')).toEqual({ ok: true, value: { isSaved: false } })
    expect(readdirSync(folder)).toEqual([])
  })

  test.each([
    ['a folder that is missing', 'missing/key.txt'],
    ['a folder in its place', '.'],
  ])('ONE-5: %s is a problem, and leaves nothing behind', async (_name, path) => {
    const log = fakeLog()
    expect(await save(join(folder, path), log)).toMatchObject({ ok: false, problem: { code: 'security.save-failed' } })
    expect(readdirSync(folder)).toEqual([])
    expect(JSON.stringify(log.lines)).not.toContain('EsTx')
  })
})

describe.each(['sync', 'async'] as const)('ONE-5: the copied key, over a clipboard that is %s', (kind) => {
  function rig() {
    let content = ''
    const wrap = <T>(value: T): T | Promise<T> => (kind === 'sync' ? value : Promise.resolve(value))
    const clock = fakeClock()
    const log = fakeLog()
    const clipboard = createKeyClipboard(
      {
        readText: () => wrap(content),
        writeText: (text) => wrap(void (content = text)),
        clear: () => void (content = ''),
      },
      clock,
      log,
    )
    return { clock, log, clipboard, read: () => content, write: (text: string) => (content = text) }
  }

  test('ONE-5: it is gone after 60 s', async () => {
    const { clipboard, clock, read } = rig()
    expect(await clipboard.copy(key)).toMatchObject({ ok: true })
    clock.pass(clearAfterMs - 1)
    await settle()
    expect(read()).toBe(key)
    clock.pass(1)
    await settle()
    expect(read()).toBe('')
  })

  test('ONE-5: what the person copied since stays', async () => {
    const { clipboard, clock, read, write } = rig()
    await clipboard.copy(key)
    write('something else')
    clock.pass(clearAfterMs)
    await settle()
    expect(read()).toBe('something else')
  })

  test('ONE-5: at quit it goes at once, and only ours', async () => {
    const { clipboard, clock, read, write } = rig()
    await clipboard.clearIfStillThere()
    await clipboard.copy(key)
    await clipboard.clearIfStillThere()
    expect(read()).toBe('')
    expect(clock.waiting).toBe(0)
    write('other')
    await clipboard.clearIfStillThere()
    expect(read()).toBe('other')
  })

  test('ONE-5: copied again, the minute starts again', async () => {
    const { clipboard, clock, read } = rig()
    await clipboard.copy(key)
    clock.pass(clearAfterMs - 1)
    await clipboard.copy(key)
    clock.pass(clearAfterMs - 1)
    await settle()
    expect(read()).toBe(key)
    clock.pass(1)
    await settle()
    expect(read()).toBe('')
  })
})

test('ONE-5: a clipboard that fails is a problem', async () => {
  const fail = () => {
    throw new Error('no clipboard')
  }
  const clipboard = createKeyClipboard({ readText: fail, writeText: fail, clear: fail }, fakeClock(), fakeLog())
  expect(await clipboard.copy(key)).toMatchObject({ ok: false, problem: { code: 'security.save-failed' } })
})
