// The screens that come after signing in: a part of the script of its own, so that the first screen need not wait for them.
import type { Component } from 'svelte'
import type { ScreenName, ScreenOf } from '#contract/view'
import type { BeforeSignedIn } from './index.ts'
import Connect from './connect/Connect.svelte'
import Connection from './connection/Connection.svelte'
import FirstSync from './first-sync/FirstSync.svelte'
import Home from './home/Home.svelte'
import Preparing from './preparing/Preparing.svelte'
import RecoveryKey from './recovery-key/RecoveryKey.svelte'
import Secrets from './secrets/Secrets.svelte'
import Settings from './settings/Settings.svelte'
import Unlock from './unlock/Unlock.svelte'
import Verification from './verification/Verification.svelte'
import Verify from './verify/Verify.svelte'

type AfterSignIn = Exclude<ScreenName, BeforeSignedIn>

export const later: { readonly [Name in AfterSignIn]: Component<{ screen: ScreenOf<Name> }> } = {
  preparing: Preparing,
  verify: Verify,
  verification: Verification,
  'recovery-key': RecoveryKey,
  unlock: Unlock,
  secrets: Secrets,
  'first-sync': FirstSync,
  connect: Connect,
  connection: Connection,
  home: Home,
  settings: Settings,
}
