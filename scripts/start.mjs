// Opens the app from a fresh clone: packages, Electron and libraries first, a build if one is due.
//   npm start [-- --demo]

import { ensureBuild } from './lib/build.mjs'
import { run } from './lib/children.mjs'
import { runMain } from './lib/main.mjs'
import { at } from './lib/paths.mjs'
import { SANDBOX_REMEDY, isRoot } from './lib/sandbox.mjs'
import { Trouble, say } from './lib/say.mjs'
import { setUp } from './lib/set-up.mjs'

const AT_ONCE_MS = 5000
/** Chromium's way of giving up: SIGTRAP or SIGABRT. */
const CRASH_CODES = [133, 134]

await runMain(async () => {
  const { path } = await setUp({ tests: false })
  await ensureBuild()
  checkDisplay()
  if (isRoot()) say('Running as root, so without the Chromium sandbox')
  const flags = isRoot() ? ['--no-sandbox'] : []
  const started = Date.now()
  const { code } = await run(path, [...flags, '.', ...process.argv.slice(2)], { cwd: at() })
  if (process.platform === 'linux' && !isRoot() && CRASH_CODES.includes(code) && Date.now() - started < AT_ONCE_MS)
    throw new Trouble('Electron stopped at once; its reason is above. If that is the sandbox:', SANDBOX_REMEDY)
  return code
})

function checkDisplay() {
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return
  throw new Trouble(
    'Everything is ready, but there is no display to open a window on.',
    'Start it from a desktop session, or under a virtual display: xvfb-run -a npm start',
  )
}
