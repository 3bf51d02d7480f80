// What can go wrong between Drawbridge and a Beeper server.
import type { ProblemCode } from '#contract/problem'
import type { ProblemWords } from './problem-words.ts'

const again = 'Try again'

export const beeperProblems: Readonly<Record<Extract<ProblemCode, `beeper.${string}`>, ProblemWords>> = {
  'beeper.unreachable': {
    title: 'Beeper is not answering.',
    explanation: 'Make sure that Beeper is open, then try again.',
    action: again,
  },
  'beeper.timeout': {
    title: 'Beeper took too long to answer.',
    explanation: 'Give it a moment, then try again.',
    action: again,
  },
  'beeper.not-beeper': {
    title: 'Something answered there, but it is not Beeper.',
    explanation: 'Check the address, or pick one from the list.',
    action: 'Choose another Beeper',
  },
  'beeper.too-old': {
    title: 'This Beeper is too old for Drawbridge.',
    explanation: 'Update Beeper, then come back here.',
    action: 'Get the new version',
  },
  'beeper.unreadable': {
    title: 'Beeper’s answer made no sense to Drawbridge.',
    explanation: 'Updating Beeper or Drawbridge usually settles this.',
    action: again,
  },
  'beeper.token-refused': {
    title: 'Your sign-in no longer counts.',
    explanation: 'Sign in once more, it takes a minute.',
    action: 'Sign in again',
  },
  'beeper.missing-scope': {
    title: 'Drawbridge is not allowed to do that.',
    explanation: 'Give it permission again, and leave every box ticked.',
    action: 'Give permission',
  },
  'beeper.not-found': {
    title: 'That is no longer there.',
    explanation: 'It may have been finished or removed elsewhere.',
    action: again,
  },
  'beeper.conflict': {
    title: 'Something changed in the meantime.',
    explanation: 'Look at it as it is now and try again.',
    action: again,
  },
  'beeper.rejected': {
    title: 'Beeper did not accept that.',
    explanation: 'Check what you typed and try once more.',
    action: again,
  },
  'beeper.rate-limited': {
    title: 'Beeper turned this down for now.',
    explanation: 'It may have been too often in a short time. Wait a little, then try again.',
    action: again,
  },
  'beeper.upstream': {
    title: 'The chat network is not answering Beeper.',
    explanation: 'It is usually back within minutes.',
    action: again,
  },
  'beeper.fault': {
    title: 'Something went wrong inside Beeper.',
    explanation: 'Trying again often helps. If not, restart Beeper.',
    action: again,
  },
  'beeper.bad-address': {
    title: 'That is not an address Drawbridge can use.',
    explanation: 'It looks like http://127.0.0.1:23373. Another computer needs https.',
    action: again,
  },
  'beeper.needs-https': {
    title: 'Another computer needs a safe address.',
    explanation: 'Begin the address with https://. Over http, others could read along.',
    action: again,
  },
  'beeper.host-unknown': {
    title: 'No computer is known by that name.',
    explanation: 'Check the address for a slip of the finger, and that you are in the right network.',
    action: again,
  },
  'beeper.cert-untrusted': {
    title: 'The certificate of that computer is not trusted.',
    explanation:
      'Somebody could be posing as it, so Drawbridge does not go on. Ask who runs that computer for a trusted one.',
    action: again,
  },
  'beeper.cert-expired': {
    title: 'The certificate of that computer is not valid today.',
    explanation:
      'Check the date and time of this computer. If they are right, ask who runs that one to renew it. Drawbridge does not go on without.',
    action: again,
  },
  'beeper.cert-other-host': {
    title: 'The certificate of that computer is for another name.',
    explanation:
      'Use the exact name that is in the certificate, or ask who runs that computer. Drawbridge does not go on with this one.',
    action: again,
  },
  'beeper.no-tls': {
    title: 'That computer does not speak https there.',
    explanation:
      'Check the port, or ask who runs that computer to switch https on. Drawbridge sends nothing over an open line.',
    action: again,
  },
}
