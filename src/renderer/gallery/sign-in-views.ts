// The way from a Beeper to a sign-in, as fixed Views.
import type { Problem } from '#contract/problem'
import type { ScreenOf, View } from '#contract/view'
import { problemOf, viewWith } from './view-with.ts'

const none = undefined

const unreachable = (origin: string, problem: Problem): View => {
  const isRemote = origin.startsWith('https:')
  return viewWith(
    { name: 'unreachable', origin, problem },
    { beeper: { origin, name: 'Beeper Server', version: '4.2.311', isRemote } },
  )
}
const here = 'http://127.0.0.1:23373'
const there = 'https://beeper.example.org'

const email = (problem?: Problem, address = 'ada@example.com'): View =>
  viewWith({ name: 'email', email: address, isBusy: false, problem })

const code: ScreenOf<'code'> = {
  name: 'code',
  email: 'ada@example.com',
  busy: 'no',
  sentCount: 1,
  canResend: false,
  resendAfterMs: 30_000,
  problem: none,
}

export const registerScreen: ScreenOf<'register'> = {
  name: 'register',
  title: 'Choose your username',
  usernamePlaceholder: 'ada',
  submitLabel: 'Create account',
  terms: 'By creating an account you agree to the terms of use and the privacy policy of Beeper.',
  suggestions: ['ada.example', 'ada-22', 'example_ada'],
  isBusy: false,
  problem: none,
}

const authorise = (more: Partial<ScreenOf<'authorise'>> = {}): View =>
  viewWith({ name: 'authorise', phase: 'ask', reason: 'first', beeperName: 'Beeper Desktop', problem: none, ...more })

const keychain = (
  during: ScreenOf<'keychain'>['during'],
  code: Problem['code'],
  system: View['system'] = 'linux',
  isBusy = false,
): View => viewWith({ name: 'keychain', during, isBusy, problem: problemOf(code) }, { system })

export const signInViews = {
  starting: viewWith({ name: 'starting', waitsFor: 'beeper', isSlow: false }),
  'starting-slow': viewWith({ name: 'starting', waitsFor: 'keychain', isSlow: true }),
  unreachable: unreachable(here, problemOf('beeper.unreachable', { detail: 'GET /v1/info: ECONNREFUSED' })),
  'unreachable-late': unreachable(here, problemOf('beeper.timeout', { detail: 'GET /v1/info: timeout' })),
  'unreachable-there': unreachable(there, problemOf('beeper.unreachable', { detail: 'GET /v1/info: ECONNREFUSED' })),
  'unreachable-unknown': unreachable(there, problemOf('beeper.host-unknown', { detail: 'GET /v1/info: ENOTFOUND' })),
  'unreachable-unsafe': unreachable(
    there,
    problemOf('beeper.cert-expired', { detail: 'GET /v1/info: CERT_HAS_EXPIRED' }),
  ),
  email: email(none, ''),
  'email-refused': email(problemOf('account.address-refused'), 'ada@example.con'),
  'email-wait': email(
    problemOf('beeper.rate-limited', { retry: 'later', waitMs: 42_000, says: 'Too many codes for this address.' }),
  ),
  'email-outdated': email(
    problemOf('account.client-outdated', { retry: 'never', says: 'Please update Beeper to 4.3 or newer to sign in.' }),
  ),
  'email-elsewhere': email(problemOf('account.sign-in-unavailable', { retry: 'never', detail: 'startAppSetup 403' })),
  'email-gone': email(problemOf('account.request-gone')),
  code: viewWith(code, { isDemo: true }),
  'code-refused': viewWith({
    ...code,
    sentCount: 2,
    canResend: true,
    problem: problemOf('account.code-refused', { detail: '400 invalid_code' }),
  }),
  'code-wait': viewWith({
    ...code,
    canResend: true,
    problem: problemOf('beeper.rate-limited', { retry: 'later', waitMs: 42_000 }),
  }),
  register: viewWith(registerScreen),
  'register-taken': viewWith({
    ...registerScreen,
    problem: problemOf('account.username-taken', { says: 'ada is taken', detail: '409 username_taken' }),
  }),
  authorise: authorise(),
  'authorise-expired': authorise({ reason: 'expired', problem: problemOf('account.permission-expired') }),
  'authorise-scope': authorise({ reason: 'scope' }),
  'authorise-expiring': authorise({ reason: 'expiring', problem: problemOf('account.consent-refused') }),
  'authorise-waiting': authorise({ phase: 'waiting' }),
  'authorise-finishing': authorise({ phase: 'finishing' }),
  'authorise-checking': authorise({ phase: 'checking' }),
  'authorise-unusable': authorise({
    problem: problemOf('account.token-unusable', { detail: 'POST /oauth/introspect: inactive' }),
  }),
  'authorise-read-only': authorise({ problem: problemOf('account.token-read-only') }),
  'authorise-unreachable': authorise({ problem: problemOf('beeper.unreachable') }),
  'keychain-probe': keychain('probe', 'keychain.missing'),
  'keychain-probe-mac': keychain('probe', 'keychain.denied', 'mac'),
  'keychain-probe-windows': keychain('probe', 'keychain.missing', 'windows'),
  'keychain-save': keychain('save', 'keychain.missing'),
  'keychain-save-busy': keychain('save', 'keychain.locked', 'linux', true),
  'keychain-read': keychain('read', 'keychain.locked', 'linux', true),
  'keychain-read-empty': keychain('read', 'keychain.empty'),
  'keychain-read-mac': keychain('read', 'keychain.empty', 'mac'),
} satisfies Record<string, View>
