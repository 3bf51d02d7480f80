import { which } from './paths.mjs'

// Without -noreset Xvfb starts over when its last client leaves, and an app that is just connecting dies of it.
const SCREEN = '-screen 0 1280x1024x24 -noreset'

/**
 * A command line that runs another one on a display of its own, or on the person's where there is no Xvfb.
 * @param {[string, ...string[]]} command
 * @returns {[string, ...string[]]}
 */
export function onDisplay(command) {
  if (process.platform !== 'linux' || !which('xvfb-run')) return command
  // Electron prefers Wayland when the session is one, and would open its windows there.
  return ['xvfb-run', '-a', '-s', SCREEN, 'env', '-u', 'WAYLAND_DISPLAY', 'XDG_SESSION_TYPE=x11', ...command]
}
