// Where am I? A wish is answered purely: what must come first comes first, and a wish that cannot be met is not lost.
import type { Place, ScreenName } from '#contract/view'
import type { AccountState } from './account-state.ts'
import type { AppState } from './app-state.ts'
import type { ConnectState } from './connect-state.ts'

export type Where =
  | { readonly name: Exclude<ScreenName, 'connection'> }
  | { readonly name: 'connection'; readonly connection: ConnectState }

const accountScreens = {
  away: 'find',
  restoring: 'starting',
  unreachable: 'unreachable',
  'keychain-shut': 'keychain',
  probing: 'keychain',
  email: 'email',
  code: 'code',
  register: 'register',
  authorise: 'authorise',
  unsaved: 'keychain',
} as const satisfies Record<Exclude<AccountState['phase'], 'signed-in'>, ScreenName>

const isShown = (connection: ConnectState): boolean =>
  connection.stage.phase !== 'left' && connection.stage.phase !== 'resuming'

function wished(state: AppState, wish: Place): Where {
  switch (wish.at) {
    case 'connection': {
      const connection = state.connections.find((one) => one.connectionID === wish.connectionID && isShown(one))
      return connection === undefined ? { name: 'connect' } : { name: 'connection', connection }
    }
    case 'home':
      return { name: 'home' }
    case 'settings':
      return { name: 'settings' }
    case 'connect':
      return { name: 'connect' }
    case 'find':
    case 'go-on': {
      // One that an earlier run left over waits in the list until the person wants it.
      const live = state.connections.find((one) => isShown(one) && one.stage.phase !== 'interrupted')
      if (live !== undefined) return { name: 'connection', connection: live }
      return { name: state.isFirstRunDone ? 'home' : 'connect' }
    }
  }
}

/** The connection on the screen. */
export function connectionOn(state: AppState): ConnectState | undefined {
  const where = screenFor(state)
  return where.name === 'connection' ? where.connection : undefined
}

/**
 * Answers where the person is: the first screen that has to come before what they want, or what they want.
 * @param state everything the app knows
 */
export function screenFor(state: AppState): Where {
  const { account, security, wish } = state
  if (account.phase !== 'signed-in') return { name: accountScreens[account.phase] }
  if (account.renewal !== undefined) return { name: 'authorise' }
  // The way out of a sign-in is open whatever the server still wants.
  if (wish.at === 'settings') return { name: 'settings' }
  const { door, key, setup, verifications } = security
  if (setup === undefined) return { name: 'starting' }
  // What the person has begun with another device stays before their eyes; but nothing takes a new key from the screen.
  const isKeyOut = key.phase !== 'ask'
  if (verifications.shown !== undefined && !isKeyOut && setup.state !== 'needs-login') return { name: 'verification' }
  switch (setup.state) {
    case 'needs-login':
    case 'initializing':
    case 'unsupported':
      return { name: 'preparing' }
    case 'needs-cross-signing-setup':
      return { name: 'recovery-key' }
    case 'needs-verification':
    case 'needs-secrets':
      if (door === 'new-key' || isKeyOut) return { name: 'recovery-key' }
      if (setup.state === 'needs-secrets') return { name: 'secrets' }
      return { name: door === 'key' ? 'unlock' : 'verify' }
    case 'needs-first-sync':
      if (door === 'new-key' || isKeyOut) return { name: 'recovery-key' }
      // The sync goes on by itself: a person who wants to be elsewhere already may.
      return wish.at === 'go-on' || wish.at === 'find' ? { name: 'first-sync' } : wished(state, wish)
    case 'ready':
      if (door === 'new-key' || isKeyOut) return { name: 'recovery-key' }
      return wished(state, wish)
  }
}
