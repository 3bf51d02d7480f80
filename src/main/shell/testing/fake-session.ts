// A session as far as the guards see it, and what they answer there.
import { EventEmitter } from 'node:events'
import { fakeLog } from '../../testing/fakes.ts'
import { guardSession } from '../guards.ts'

type Session = Parameters<typeof guardSession>[0]

/** Permissions that nobody has. */
export const permissions = [
  'media',
  'display-capture',
  'geolocation',
  'notifications',
  'midi',
  'midiSysex',
  'pointerLock',
  'keyboardLock',
  'fullscreen',
  'openExternal',
  'clipboard-read',
  'hid',
  'serial',
  'usb',
  'idle-detection',
  'fileSystem',
  'window-management',
  'storage-access',
  'speaker-selection',
  'unknown',
]

export function fakeSession() {
  const events = new EventEmitter()
  const handlers: {
    request?:
      | ((contents: unknown, permission: string, answer: (isAllowed: boolean) => void, details: object) => void)
      | undefined
    check?: ((contents: unknown, permission: string, origin: string, details: object) => boolean) | undefined
    device?: (() => boolean) | undefined
  } = {}
  const session = {
    on: (name: string, listener: (...args: unknown[]) => void) => events.on(name, listener),
    setPermissionRequestHandler: (handler: typeof handlers.request) => (handlers.request = handler),
    setPermissionCheckHandler: (handler: typeof handlers.check) => (handlers.check = handler),
    setDevicePermissionHandler: (handler: typeof handlers.device) => (handlers.device = handler),
  }
  return { session: session as unknown as Session, events, handlers }
}

/**
 * What is answered to a request, to a check and to the choice of a device.
 * @param contents who asks
 * @param permission for what
 * @param mediaTypes which of camera and microphone, where Electron says so
 */
export function answers(contents: unknown, permission: string, mediaTypes?: readonly string[]): boolean[] {
  const { session, handlers } = fakeSession()
  guardSession(session, fakeLog())
  const given: boolean[] = []
  handlers.request?.(contents, permission, (isAllowed) => given.push(isAllowed), { isMainFrame: true, mediaTypes })
  const details = { isMainFrame: true, mediaType: mediaTypes?.[0] }
  return [...given, handlers.check?.(contents, permission, '', details) ?? true, handlers.device?.() ?? true]
}
