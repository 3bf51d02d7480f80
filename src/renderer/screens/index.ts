// The register of screens: one component for each member of `Screen`, and the compiler counts.
import type { Component } from 'svelte'
import type { Screen, ScreenName, ScreenOf } from '#contract/view'
import Authorise from './authorise/Authorise.svelte'
import Code from './code/Code.svelte'
import Connect from './connect/Connect.svelte'
import Connection from './connection/Connection.svelte'
import Email from './email/Email.svelte'
import Find from './find/Find.svelte'
import FirstSync from './first-sync/FirstSync.svelte'
import Home from './home/Home.svelte'
import Keychain from './keychain/Keychain.svelte'
import Preparing from './preparing/Preparing.svelte'
import RecoveryKey from './recovery-key/RecoveryKey.svelte'
import Register from './register/Register.svelte'
import Settings from './settings/Settings.svelte'
import Starting from './starting/Starting.svelte'
import Unlock from './unlock/Unlock.svelte'
import Unreachable from './unreachable/Unreachable.svelte'

const screens: { readonly [Name in ScreenName]: Component<{ screen: ScreenOf<Name> }> } = {
  starting: Starting,
  find: Find,
  unreachable: Unreachable,
  email: Email,
  code: Code,
  register: Register,
  authorise: Authorise,
  keychain: Keychain,
  preparing: Preparing,
  'recovery-key': RecoveryKey,
  unlock: Unlock,
  'first-sync': FirstSync,
  connect: Connect,
  connection: Connection,
  home: Home,
  settings: Settings,
}

/**
 * The component that draws a screen.
 * @param name which screen; the component takes the screen of that very name
 */
export function screenOf(name: ScreenName): Component<{ screen: Screen }> {
  // The register pairs each name with its own component; a lookup by a union of names cannot say so.
  return screens[name] as unknown as Component<{ screen: Screen }>
}
