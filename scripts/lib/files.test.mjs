import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isAnyNewer } from './build.mjs'
import { differences } from './contract-drift.mjs'
import { stagingFolder } from './paths.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** @param {string} path @param {number} seconds */
function setTime(path, seconds) {
  utimesSync(join(folder, path), seconds, seconds)
}

test('a build is stale when a file changed, or when one was removed from a folder', () => {
  mkdirSync(join(folder, 'src/deep'), { recursive: true })
  writeFileSync(join(folder, 'src/deep/a.ts'), '')
  for (const path of ['src/deep/a.ts', 'src/deep', 'src']) setTime(path, 1000)
  const paths = [join(folder, 'src'), join(folder, 'not-there')]
  expect(isAnyNewer(paths, 1_000_000)).toBe(false)
  setTime('src/deep/a.ts', 1001)
  expect(isAnyNewer(paths, 1_000_000)).toBe(true)
  setTime('src/deep/a.ts', 1000)
  setTime('src/deep', 1001)
  expect(isAnyNewer(paths, 1_000_000)).toBe(true)
})

test('names the generated files that differ, and how', () => {
  const [committed, fresh] = [join(folder, 'committed'), join(folder, 'fresh')]
  for (const path of [committed, fresh]) mkdirSync(join(path, 'in'), { recursive: true })
  for (const name of ['same', 'in/changed', 'gone']) writeFileSync(join(committed, name), 'old')
  writeFileSync(join(fresh, 'same'), 'old')
  writeFileSync(join(fresh, 'in/changed'), 'new')
  writeFileSync(join(fresh, 'added'), 'new')
  expect(differences(committed, fresh, 'gen')).toEqual([
    'missing: gen/added',
    'no longer generated: gen/gone',
    'out of date: gen/in/changed',
  ])
})

test('a staging folder is fresh, and sweeps away what a killed run has left', () => {
  // No process has this id: it is above the highest that Linux hands out.
  mkdirSync(join(folder, '.work-4194305'))
  mkdirSync(join(folder, `.work-${process.ppid}`))
  const staging = stagingFolder(folder, 'work')
  expect(existsSync(join(folder, '.work-4194305'))).toBe(false)
  expect(existsSync(join(folder, `.work-${process.ppid}`))).toBe(true)
  expect(existsSync(staging)).toBe(true)
})
