// Every screen as a fixed View, with the variants that look different. Gallery, screenshots and tests draw these.
import type { Problem } from '#contract/problem'
import type { Chapter, ChapterName, ConnectionStage, Screen, ScreenOf, View } from '#contract/view'
import { accounts, fewNetworks, found, hostile, manyNetworks, qrData } from './samples.ts'

const chapterNames: readonly ChapterName[] = ['find', 'sign-in', 'secure', 'connect']

const chapterOf: Readonly<Record<Screen['name'], ChapterName>> = {
  starting: 'find',
  find: 'find',
  unreachable: 'find',
  email: 'sign-in',
  code: 'sign-in',
  register: 'sign-in',
  authorise: 'sign-in',
  keychain: 'sign-in',
  preparing: 'secure',
  'recovery-key': 'secure',
  unlock: 'secure',
  'first-sync': 'secure',
  connect: 'connect',
  connection: 'connect',
  home: 'connect',
}

function chapters(screen: Screen): readonly Chapter[] {
  if (screen.name === 'home') return []
  const current = chapterNames.indexOf(chapterOf[screen.name])
  const isSyncing = screen.name === 'connect' && screen.isSyncing
  return chapterNames.map((name, index) => {
    if (index === current) return { name, status: 'current' }
    if (index > current) return { name, status: 'ahead' }
    return { name, status: name === 'secure' && isSyncing ? 'background' : 'done' }
  })
}

/** A View round a screen. @param screen what is shown @param more what differs from the ordinary */
export const viewWith = (screen: Screen, more: Partial<View> = {}): View => ({
  chapters: chapters(screen),
  screen,
  beeper:
    screen.name === 'find'
      ? undefined
      : { origin: 'http://127.0.0.1:23373', name: 'Beeper Desktop', version: '4.2.311' },
  isDemo: false,
  isOffline: false,
  appVersion: '0.1.0',
  ...more,
})

const none = undefined
const problem = (code: Problem['code'], more: Partial<Problem> = {}): Problem => ({ code, retry: 'now', ...more })

const find: ScreenOf<'find'> = {
  name: 'find',
  found,
  isLooking: false,
  opening: none,
  isDemoStarting: false,
  problem: none,
}
const code: ScreenOf<'code'> = {
  name: 'code',
  email: 'ada@example.com',
  busy: 'no',
  sentCount: 1,
  canResend: false,
  resendAfterMs: 30_000,
  problem: none,
}
const register: ScreenOf<'register'> = {
  name: 'register',
  title: 'Choose your username',
  usernamePlaceholder: 'ada',
  submitLabel: 'Create account',
  terms: 'By creating an account you agree to the terms of use and the privacy policy of Beeper.',
  suggestions: ['ada.example', 'ada-22', 'example_ada'],
  isBusy: false,
  problem: none,
}
const connect: ScreenOf<'connect'> = {
  name: 'connect',
  status: 'loaded',
  networks: fewNetworks,
  problem: none,
  connectedCount: 1,
  isSyncing: false,
}
const home: ScreenOf<'home'> = {
  name: 'home',
  userID: '@ada:beeper.com',
  status: 'loaded',
  accounts,
  problem: none,
  security: 'ready',
  isKeyBackedUp: true,
  keptIn: 'keychain',
}

/** A View of a connection in some stage. @param stage where it stands @param networkName what it connects */
export const connectionView = (stage: ConnectionStage, networkName = 'WhatsApp'): View =>
  viewWith({
    name: 'connection',
    connection: { connectionID: 'c1', networkName, networkType: networkName.toLowerCase(), stage },
  })

type Step = Extract<ConnectionStage, { phase: 'step' }>

/** The stage of a step that waits for the person. @param step what is asked @param more what differs from that */
export const stepStage = (step: Step['step'], more: Partial<Step> = {}): Step => ({
  phase: 'step',
  serial: 1,
  step,
  isBusy: false,
  isRejected: false,
  problem: none,
  ...more,
})

export const form: Step['step'] = {
  type: 'user_input',
  stepID: 'form',
  instructions: 'Enter the phone number of your account, and the password if you have set one.',
  fields: [
    {
      id: 'phone',
      type: 'phone',
      label: 'Phone number',
      placeholder: '+1 415 555 0123',
      initialValue: '',
      isRequired: true,
    },
    { id: 'password', type: 'password', label: 'Password', placeholder: '', initialValue: '', isRequired: false },
  ],
}
export const qr: Step['step'] = {
  type: 'display_and_wait',
  stepID: 'qr',
  instructions: 'Open WhatsApp on your phone, go to Linked devices and scan this code.',
  display: { type: 'qr', data: qrData },
}
const wait = (
  display: Extract<Step['step'], { type: 'display_and_wait' }>['display'],
  instructions: string,
): Step['step'] => ({
  type: 'display_and_wait',
  stepID: display.type,
  instructions,
  display,
})

const since = (): number => Date.now() - 83_000

export const views = {
  starting: viewWith({ name: 'starting', waitsFor: 'beeper', isSlow: false }),
  'starting-slow': viewWith({ name: 'starting', waitsFor: 'keychain', isSlow: true }),
  find: viewWith(find),
  'find-looking': viewWith({ ...find, found: [], isLooking: true }),
  'find-empty': viewWith({ ...find, found: [] }),
  'find-bad-address': viewWith({ ...find, problem: problem('beeper.bad-address') }),
  'find-demo-starting': viewWith({
    ...find,
    found: [],
    isDemoStarting: true,
    problem: problem('beeper.unreachable', { detail: 'GET /v1/info: ECONNREFUSED' }),
  }),
  unreachable: viewWith({
    name: 'unreachable',
    origin: 'http://127.0.0.1:23373',
    problem: problem('beeper.unreachable', { detail: 'GET /v1/info: ECONNREFUSED' }),
  }),
  email: viewWith({ name: 'email', email: '', isBusy: false, problem: none }),
  'email-refused': viewWith({
    name: 'email',
    email: 'ada@example.con',
    isBusy: false,
    problem: problem('account.address-refused'),
  }),
  code: viewWith(code, { isDemo: true }),
  'code-refused': viewWith({
    ...code,
    sentCount: 2,
    canResend: true,
    problem: problem('account.code-refused', { detail: '400 invalid_code' }),
  }),
  register: viewWith(register),
  'register-taken': viewWith({ ...register, problem: problem('account.username-taken') }),
  authorise: viewWith({ name: 'authorise', phase: 'ask', beeperName: 'Beeper Desktop', problem: none }),
  'authorise-waiting': viewWith({ name: 'authorise', phase: 'waiting', beeperName: 'Beeper Desktop', problem: none }),
  'keychain-save': viewWith({ name: 'keychain', during: 'save', isBusy: false, problem: problem('keychain.missing') }),
  'keychain-read': viewWith({ name: 'keychain', during: 'read', isBusy: true, problem: problem('keychain.locked') }),
  preparing: viewWith({ name: 'preparing', wireState: 'initializing', sinceMs: since() }),
  'recovery-key': viewWith({ name: 'recovery-key', phase: 'ask', problem: none }),
  'recovery-key-lost': viewWith({ name: 'recovery-key', phase: 'showing', problem: none }),
  unlock: viewWith({ name: 'unlock', reason: 'needs-verification', isBusy: false, problem: none }),
  'unlock-refused': viewWith({
    name: 'unlock',
    reason: 'needs-secrets',
    isBusy: false,
    problem: problem('security.key-refused'),
  }),
  'first-sync': viewWith({ name: 'first-sync', sinceMs: since() }),
  connect: viewWith({ ...connect, isSyncing: true }),
  'connect-none': viewWith({
    ...connect,
    networks: fewNetworks.filter((network) => network.accountNames.length === 0),
    connectedCount: 0,
  }),
  'connect-many': viewWith({ ...connect, networks: manyNetworks }),
  'connect-failed': viewWith({
    ...connect,
    status: 'failed',
    networks: [],
    connectedCount: 0,
    problem: problem('beeper.timeout'),
  }),
  'connection-loading': connectionView({ phase: 'loading' }),
  'connection-choosing': connectionView({
    phase: 'choosing',
    flows: [
      { id: 'qr', name: 'QR', description: 'Scan a QR code with the WhatsApp app on your phone' },
      { id: 'phone', name: 'Pairing code', description: 'Type a code into the WhatsApp app on your phone' },
    ],
  }),
  'connection-form': connectionView(stepStage(form), 'Telegram'),
  'connection-rejected': connectionView(stepStage(form, { isRejected: true }), 'Telegram'),
  'connection-qr': connectionView(stepStage(qr)),
  'connection-code': connectionView(
    stepStage(wait({ type: 'code', data: 'FXJ3-9K2M' }, 'Type this code on your phone, under Linked devices.')),
  ),
  'connection-emoji': connectionView(
    stepStage(
      wait(
        { type: 'emoji', imageURL: 'https://fonts.gstatic.com/s/e/notoemoji/latest/1f98a/emoji.svg' },
        'Tap this emoji in Google Messages on the phone.',
      ),
    ),
    'Google Messages',
  ),
  'connection-wait': connectionView(stepStage(wait({ type: 'nothing' }, 'Confirm the sign-in on your phone.'))),
  'connection-cookies': connectionView(
    stepStage({
      type: 'cookies',
      stepID: 'web',
      instructions: 'Sign in to Instagram.',
      url: 'https://www.instagram.com/',
    }),
    'Instagram',
  ),
  'connection-unsupported': connectionView(
    stepStage({ type: 'unsupported', wireType: 'webauthn', instructions: 'Use your passkey.' }),
    'Google Chat',
  ),
  'connection-unreadable': connectionView(stepStage({ type: 'unreadable', wireType: 'user_input' })),
  'connection-done': connectionView({ phase: 'done', accountName: 'Ada Example', instructions: '' }),
  'connection-failed': connectionView({
    phase: 'failed',
    problem: problem('connect.refused', {
      says: 'Too many linked devices. Remove one on your phone and try again.',
      detail: 'FI.MAU.WHATSAPP.LIMIT',
    }),
  }),
  home: viewWith(home),
  'home-quiet': viewWith({ ...home, accounts: accounts.filter((account) => account.status === 'connected') }),
  'home-empty': viewWith(
    { ...home, accounts: [], security: 'needs-you', isKeyBackedUp: false, keptIn: 'this-run' },
    { isOffline: true },
  ),
  hostile,
} satisfies Record<string, View>

export type ViewName = keyof typeof views
export const viewNames = Object.keys(views) as ViewName[]
