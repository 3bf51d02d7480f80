// One running app for each profile (RUN-7).
import type { App } from 'electron'
import { parseLaunch } from './launch.ts'
import type { Launch } from './launch.ts'

/**
 * Takes the lock, or answers false: then the app must quit at once and do nothing else.
 * @param app Electron's app
 * @param onSecondStart called in the running app when it is started again
 */
export function takeSingleInstance(
  app: Pick<App, 'requestSingleInstanceLock' | 'on'>,
  onSecondStart: (launch: Launch) => void,
): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', (_event, argv) => {
    onSecondStart(parseLaunch(argv))
  })
  return true
}
