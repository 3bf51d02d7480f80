// Home and settings, as fixed Views.
import type { ScreenOf, View } from '#contract/view'
import { accounts, hostile, markup } from './samples.ts'
import { readyEncryption } from './secure-views.ts'
import { problemOf, viewWith } from './view-with.ts'

const none = undefined
const idle = { isBusy: false, problem: none }
const inDays = (count: number): number => Date.now() + (count + 0.5) * 24 * 3_600_000

const encryption = readyEncryption()

const home: ScreenOf<'home'> = {
  name: 'home',
  userID: '@ada:beeper.com',
  status: 'loaded',
  accounts,
  problem: none,
  security: 'ready',
  isKeyBackedUp: true,
  isKeyReminderShown: false,
  keptIn: 'keychain',
  expiresAtMs: none,
}

const settings: ScreenOf<'settings'> = {
  name: 'settings',
  userID: '@ada:beeper.com',
  keptIn: 'keychain',
  source: 'account',
  isRemote: false,
  expiresAtMs: none,
  keeping: idle,
  signingOut: idle,
  isContentProtected: true,
}
const settingsView = (more: Partial<ScreenOf<'settings'>> = {}, view: Partial<View> = {}): View =>
  viewWith({ ...settings, ...more }, view)

export const homeViews = {
  home: viewWith(home, { encryption }),
  'home-reminder': viewWith({ ...home, isKeyBackedUp: false, isKeyReminderShown: true }, { encryption }),
  'home-no-key': viewWith({ ...home, isKeyBackedUp: false }, { encryption }),
  'home-quiet': viewWith({ ...home, accounts: accounts.filter((account) => account.status === 'connected') }),
  'home-empty': viewWith(
    { ...home, accounts: [], security: 'needs-you', isKeyBackedUp: false, keptIn: 'this-run' },
    { isOffline: true },
  ),
  'home-expiring': viewWith({ ...home, expiresAtMs: inDays(5) }),
  settings: settingsView(),
  'settings-unprotected': settingsView({ isContentProtected: false }, { system: 'windows' }),
  'settings-this-run': settingsView({ keptIn: 'this-run', source: 'oauth' }),
  'settings-there': settingsView(
    { source: 'oauth', isRemote: true, expiresAtMs: inDays(12) },
    {
      beeper: { origin: 'https://beeper.example.org', name: 'Attic', version: '4.2.290', isRemote: true },
      system: 'mac',
    },
  ),
  'settings-keeping': settingsView({ keptIn: 'this-run', keeping: { isBusy: true, problem: none } }),
  'settings-not-kept': settingsView(
    { keptIn: 'this-run', source: 'manual', keeping: { isBusy: false, problem: problemOf('keychain.denied') } },
    { system: 'windows' },
  ),
  'settings-signing-out': settingsView({ signingOut: { isBusy: true, problem: none } }),
  'settings-not-forgotten': settingsView({
    signingOut: { isBusy: false, problem: problemOf('account.not-forgotten', { detail: 'keychain.locked' }) },
  }),
  hostile: {
    ...hostile,
    encryption: readyEncryption({
      wireState: markup.repeat(4),
      userID: `@\u202e${'x'.repeat(300)}`,
      keyMadeAtMs: 1e300,
    }),
  },
  'hostile-settings': settingsView(
    { userID: `@\u202e${markup}:${'x'.repeat(300)}`, expiresAtMs: -8.64e15, source: 'oauth', isRemote: true },
    { beeper: { origin: `http://${'y'.repeat(200)}:1`, name: markup, version: markup, isRemote: true } },
  ),
} satisfies Record<string, View>
