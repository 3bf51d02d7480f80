// The browser for the tests of the screens. Any Chromium will do: Vitest starts it through Playwright by its path.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './children.mjs'
import { at, which } from './paths.mjs'
import { Trouble, progress, say } from './say.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']

/**
 * @returns {Promise<string | undefined>} path of a browser that is there
 */
export async function findChromium() {
  const given = process.env['CHROMIUM_PATH']
  if (given) return given
  return usualPlaces().find((path) => existsSync(path)) ?? (await playwrightsOwn())
}

/** @returns {string[]} */
function usualPlaces() {
  if (process.platform === 'darwin')
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  if (process.platform === 'win32')
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
      const folder = process.env[variable]
      return folder
        ? [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')]
        : []
    })
  return NAMES.flatMap((name) => which(name) ?? [])
}

async function playwrightsOwn() {
  const ask = "process.stdout.write(require('playwright-core').chromium.executablePath())"
  const { code, output } = await run(process.execPath, ['-e', ask], { cwd: at(), quiet: true })
  return code === 0 && existsSync(output) ? output : undefined
}

/** Finds a browser, or has Playwright fetch one where the system has none to install. */
export async function ensureChromium() {
  const found = await findChromium()
  if (found) {
    if (existsSync(found)) return found
    throw new Trouble(`CHROMIUM_PATH names ${found}, which does not exist.`, 'Let it name a Chromium, or unset it.')
  }
  say("No Chromium here, so Playwright's own is fetched")
  const bar = progress('Chromium')
  await run(process.execPath, [at('node_modules/playwright-core/cli.js'), 'install', 'chromium'], {
    cwd: at(),
    quiet: true,
    expendable: true,
    onOutput: (output) => bar.show(/.*\d+% of .*/.exec(output.trimEnd().split('\n').at(-1) ?? '')?.[0] ?? 'connecting'),
  })
  bar.stop()
  const own = await playwrightsOwn()
  if (own) return own
  throw new Trouble(
    'The tests of the screens need a Chromium, and none could be found or fetched.',
    'Install Chrome or Chromium, or name one in CHROMIUM_PATH.',
  )
}
