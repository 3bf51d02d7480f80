// The generated files must be what the generator makes of the contract. It runs on a copy, so that the check changes
// nothing in the project, whether it passes, fails or is interrupted.

import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onEnd } from './children.mjs'
import { npm } from './npm.mjs'
import { at } from './paths.mjs'
import { say } from './say.mjs'

const GENERATED = ['src/contract/beeper/gen', 'simulator/gen']
const FOLDERS = ['contract', 'scripts', 'simulator', 'src']

/** @returns {Promise<boolean>} whether the generated files are up to date; names those that are not */
export async function checkContractDrift() {
  const copy = mkdtempSync(join(tmpdir(), 'drawbridge-contract-'))
  const remove = () => rmSync(copy, { recursive: true, force: true })
  const forget = onEnd(remove)
  try {
    copyProject(copy)
    const { code, output } = await npm(['run', '--silent', 'gen'], { cwd: copy, quiet: true })
    if (code !== 0) {
      say(output)
      return false
    }
    const drifted = GENERATED.flatMap((folder) => differences(at(folder), join(copy, folder), folder))
    for (const line of drifted) say(line)
    say(drifted.length === 0 ? 'the generated files match the contract' : 'run `npm run gen` and commit what changes')
    return drifted.length === 0
  } finally {
    forget()
    remove()
  }
}

/** @param {string} copy */
function copyProject(copy) {
  for (const name of readdirSync(at())) {
    const isConfig = !name.startsWith('.git') && statSync(at(name), { throwIfNoEntry: false })?.isFile()
    if (isConfig || FOLDERS.includes(name)) cpSync(at(name), join(copy, name), { recursive: true })
  }
  // Emptied, so that a file which is no longer generated shows as superfluous.
  for (const folder of GENERATED) rmSync(join(copy, folder), { recursive: true, force: true })
  symlinkSync(at('node_modules'), join(copy, 'node_modules'), 'junction')
}

/**
 * @param {string} committed
 * @param {string} fresh
 * @param {string} label
 * @returns {string[]}
 */
export function differences(committed, fresh, label) {
  const names = new Set([...filesIn(committed), ...filesIn(fresh)])
  return [...names].sort().flatMap((name) => {
    const [old, now] = [join(committed, name), join(fresh, name)]
    if (!existsSync(old)) return `missing: ${label}/${name}`
    if (!existsSync(now)) return `no longer generated: ${label}/${name}`
    return readFileSync(old).equals(readFileSync(now)) ? [] : `out of date: ${label}/${name}`
  })
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
}
