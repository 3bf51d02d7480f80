// The first screen as fixed Views: each state of a server alone, several together, and everything it can ask or say.
import type { ProblemCode } from '#contract/problem'
import type { BeeperView, ScreenOf, View } from '#contract/view'
import { problemOf, viewWith } from './view-with.ts'

const none = undefined

const desktop: BeeperView = {
  origin: 'http://127.0.0.1:23373',
  name: 'Beeper Desktop',
  version: '4.2.311',
  kind: 'desktop',
  state: 'signed-out',
  isRemembered: false,
  isRemote: false,
  problem: none,
}
const server: BeeperView = {
  ...desktop,
  origin: 'http://127.0.0.1:23374',
  name: 'Beeper Server',
  version: '4.2.290',
  kind: 'server',
  state: 'signed-in',
}
const old: BeeperView = { ...desktop, origin: 'http://127.0.0.1:23375', version: '3.9.1', state: 'too-old' }
const stranger: BeeperView = {
  ...desktop,
  origin: 'http://127.0.0.1:23376',
  name: '',
  version: '',
  kind: 'other',
  state: 'not-beeper',
}
const remembered: BeeperView = { ...desktop, state: 'ready', isRemembered: true }
const remote: BeeperView = {
  ...server,
  origin: 'https://beeper.example.org',
  name: 'Attic',
  state: 'ready',
  isRemembered: true,
  isRemote: true,
}

const refused = (beeper: BeeperView, code: ProblemCode, detail: string): BeeperView => ({
  ...beeper,
  state: 'refused',
  problem: problemOf(code, { detail }),
})
const silent = (beeper: BeeperView): BeeperView => refused(beeper, 'beeper.unreachable', 'GET /v1/info: ECONNREFUSED')
const refusedAt = (host: string, code: ProblemCode, detail: string): BeeperView =>
  refused({ ...remote, origin: `https://${host}`, name: 'Beeper Server' }, code, `GET /v1/info: ${detail}`)

/** On this computer and on another one, and one with somebody else's sign-in. */
export const several: readonly BeeperView[] = [remembered, remote, server]

const longName = 'The old computer under the stairs that nobody may switch off'

const find: ScreenOf<'find'> = {
  name: 'find',
  beepers: [desktop],
  isLooking: false,
  opening: none,
  asking: none,
  forgetting: none,
  isDemoStarting: false,
  problem: none,
}
/** The first screen with one Beeper that waits for somebody to sign in. @param more what differs from that */
export const findView = (more: Partial<ScreenOf<'find'>> = {}): View => viewWith({ ...find, ...more })

export const findViews = {
  find: findView(),
  'find-looking': findView({ beepers: [], isLooking: true }),
  'find-empty': findView({ beepers: [] }),
  'find-ready': findView({ beepers: [remembered] }),
  'find-signed-in': findView({ beepers: [server] }),
  'find-too-old': findView({ beepers: [old] }),
  'find-not-beeper': findView({ beepers: [stranger] }),
  'find-remembered': findView({ beepers: [{ ...remembered, state: 'looking' }] }),
  'find-refused': findView({ beepers: [silent(remembered)] }),
  'find-refused-remote': findView({ beepers: [silent(remote)] }),
  'find-several': findView({ beepers: several }),
  'find-all': findView({
    beepers: [
      { ...remembered, origin: 'http://127.0.0.1:23377', name: 'Study', state: 'looking' },
      silent({ ...remembered, origin: 'http://127.0.0.1:23378', name: 'Kitchen' }),
      remote,
      desktop,
      server,
      old,
      stranger,
    ],
  }),
  'find-long': findView({
    beepers: [
      { ...remembered, name: longName },
      {
        ...remote,
        origin: 'https://the-old-computer-under-the-stairs.home-of-ada-and-sam.example.org:48443',
        name: 'Dampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeam',
        state: 'signed-in',
      },
      { ...old, name: longName },
    ],
  }),
  'find-unsafe': findView({
    beepers: [
      refusedAt('one.example.org', 'beeper.cert-untrusted', 'DEPTH_ZERO_SELF_SIGNED_CERT'),
      refusedAt('two.example.org', 'beeper.cert-expired', 'CERT_HAS_EXPIRED'),
      refusedAt('three.example.org', 'beeper.cert-other-host', 'ERR_TLS_CERT_ALTNAME_INVALID'),
      refusedAt('four.example.org', 'beeper.no-tls', 'ERR_SSL_WRONG_VERSION_NUMBER'),
      refusedAt('five.example.org', 'beeper.host-unknown', 'ENOTFOUND'),
    ],
  }),
  'find-opening': findView({ beepers: [remembered, server], opening: remembered.origin }),
  'find-opening-address': findView({ opening: 'https://beeper.example.org' }),
  'find-asking': findView({ asking: 'https://beeper.example.org' }),
  'find-asking-punycode': findView({ asking: 'https://xn--bper-8raa.example.org:8443' }),
  'find-forgetting': findView({ beepers: several, forgetting: remote.origin }),
  'find-bad-address': findView({ problem: problemOf('beeper.bad-address') }),
  'find-needs-https': findView({ problem: problemOf('beeper.needs-https') }),
  'find-not-revoked': findView({
    problem: problemOf('account.not-revoked', { detail: 'POST /oauth/revoke: ECONNREFUSED' }),
  }),
  'find-demo-starting': findView({
    beepers: [],
    isDemoStarting: true,
    problem: problemOf('beeper.unreachable', { detail: 'GET /v1/info: ECONNREFUSED' }),
  }),
} satisfies Record<string, View>
