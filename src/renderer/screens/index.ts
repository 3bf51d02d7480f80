// The register of screens: one component for each member of `Screen`, and the compiler counts. Those on the way to a sign-in
// are here; all others are fetched as soon as the first one stands.
import type { Component } from 'svelte'
import { createStore } from 'zustand/vanilla'
import type { Screen, ScreenName, ScreenOf } from '#contract/view'
import { reactive } from '../state/reactive.ts'
import Authorise from './authorise/Authorise.svelte'
import Code from './code/Code.svelte'
import Email from './email/Email.svelte'
import Find from './find/Find.svelte'
import Keychain from './keychain/Keychain.svelte'
import Register from './register/Register.svelte'
import Starting from './starting/Starting.svelte'
import Unreachable from './unreachable/Unreachable.svelte'

export type BeforeSignedIn =
  'starting' | 'find' | 'unreachable' | 'email' | 'code' | 'register' | 'authorise' | 'keychain'

type Screens = { readonly [Name in ScreenName]: Component<{ screen: ScreenOf<Name> }> }

const first: Pick<Screens, BeforeSignedIn> = {
  starting: Starting,
  find: Find,
  unreachable: Unreachable,
  email: Email,
  code: Code,
  register: Register,
  authorise: Authorise,
  keychain: Keychain,
}

const store = createStore<Partial<Screens>>(() => first)
const screens = reactive(store)
/** Settled once every screen can be drawn. Until then, and if it never is, the page says that it is still opening. */
export const allScreens: Promise<void> = import('./later.ts').then(({ later }) => {
  store.setState(later)
})

/**
 * The component that draws a screen; where it is read, it is read again once it has come.
 * @param name which screen; the component takes the screen of that very name
 */
export function screenOf(name: ScreenName): Component<{ screen: Screen }> | undefined {
  // The register pairs each name with its own component; a lookup by a union of names cannot say so.
  return screens.current[name] as unknown as Component<{ screen: Screen }> | undefined
}
