// Words of the settings.
import type { ScreenOf, View } from '#contract/view'
import { day, fromNow, isolate } from '../format.ts'

type Settings = ScreenOf<'settings'>

const sources: Readonly<Record<Settings['source'], string>> = {
  account: 'With your email address, here in Drawbridge',
  oauth: 'With your permission, given in the browser',
  manual: 'With a token that you pasted',
}
const stores: Readonly<Record<View['system'], string>> = {
  mac: 'In the keychain of this Mac',
  windows: 'In Windows Credential Manager',
  linux: 'In your keyring',
}
const systems = { mac: 'macOS', windows: 'Windows' } as const
const keep: Readonly<Record<View['system'], string>> = {
  mac: 'Keep it in the keychain',
  windows: 'Keep it in Credential Manager',
  linux: 'Keep it in the keyring',
}

export const settings = {
  settings: {
    title: 'Settings',
    back: 'Back',
    signIn: 'Your sign-in',
    who: 'Signed in as',
    whoUnknown: 'Beeper has not said',
    beeper: 'Beeper',
    where: (host: string, isRemote: boolean) =>
      isRemote ? `${isolate(host)}, on another computer` : `${isolate(host)}, on this computer`,
    how: 'How',
    sources,
    kept: 'Kept',
    keptInStore: (system: View['system']) => stores[system],
    keptForThisRun: 'Only until you quit Drawbridge',
    keptInDemo: 'Nowhere: this is the demo',
    keep: (system: View['system']) => keep[system],
    keeping: 'Putting it there…',
    permission: 'Permission',
    endless: 'Until you take it back in Beeper',
    endsOn: (atMs: number) => `Until ${day('en', atMs)}`,
    endsIn: (atMs: number, nowMs: number) =>
      atMs > nowMs ? `Runs out ${fromNow('en', atMs, nowMs)}` : 'It has run out',
    renew: 'Renew now',
    another: 'Another Beeper',
    switch: 'Switch to another Beeper',
    switchHint: 'You stay signed in to this one.',
    privacy: 'Privacy',
    protect: 'Keep keys and codes out of screenshots and shared screens',
    protectHint: (system: 'mac' | 'windows') =>
      `Drawbridge asks ${systems[system]} to leave its window out while one shows. Some programs take it all the same.`,
    unprotected: 'Keys and codes can be seen in screenshots and shared screens',
    unprotectedHint: 'Linux gives programs no way to be left out. Stop sharing your screen before you show a key.',
    leaving: 'Sign out',
    signOut: 'Sign out…',
    signOutHint: 'First you see what goes and what stays.',
    signingOut: 'Signing out…',
  },
  signOut: {
    title: 'Sign out of Drawbridge?',
    text: 'Drawbridge has a sign-in of its own, beside the one of Beeper.',
    goesTitle: 'This goes',
    goes: ['This app’s sign-in', 'Connections that are half done'],
    staysTitle: 'This stays',
    stays: ['Beeper stays signed in', 'Your chats and the networks you connected'],
    here: 'On this computer only',
    hereHint: 'Beeper goes on listing the permission until you take it back there.',
    everywhere: 'Here, and take the permission back in Beeper',
    everywhereHint: 'It stops counting at once, wherever it was used.',
    cancel: 'Stay signed in',
  },
}
