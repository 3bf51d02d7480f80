// Words for how a verification ended: what happened, what it means, and what to do.
import type { Peer, VerificationStage } from '#contract/view-security'
import { device } from './peer-words.ts'

type Why = Extract<VerificationStage, { at: 'ended' }>['why']

interface Ending {
  readonly title: string
  readonly lead: (peer: Peer) => string
  /** What to do now, in order. */
  readonly steps?: (peer: Peer) => readonly string[]
}

const unchanged = 'Nothing has changed.'
const comparedWrong: Ending['steps'] = ({ isOwn }) =>
  isOwn
    ? [
        'Make sure that both devices show the same question: close all others, and ask again.',
        'If the pictures differ again, try on a network that you trust, such as your phone’s own.',
        'If they still differ, use your recovery key, and tell Beeper about it.',
      ]
    : [
        'Talk to each other, make sure that you both look at the same question, and compare once more.',
        'If the pictures differ again, write nothing to each other that a stranger must not read.',
      ]

/** For each way of ending. */
export const endings: Readonly<Record<Why, Ending>> = {
  mismatch: {
    title: 'Good that you looked',
    lead: () =>
      'Different pictures can mean that somebody is listening in between the two devices, so Drawbridge has stopped. Nothing was confirmed.',
    steps: comparedWrong,
  },
  'mismatch-there': {
    title: 'The pictures were not the same',
    lead: (peer) =>
      `That is what ${device(peer)} says. Somebody could be listening in between, so Drawbridge has stopped. Nothing was confirmed.`,
    steps: comparedWrong,
  },
  'not-me': {
    title: 'You said that it wasn’t you',
    lead: (peer) => `The request of ${device(peer)} was turned away. ${unchanged}`,
    steps: ({ isOwn }) =>
      isOwn
        ? [
            'Look in Beeper at the list of your devices, and sign out those that you don’t know.',
            'If one of them was a stranger’s, change the password of your email too: codes to sign in arrive there.',
          ]
        : [],
  },
  'not-scanned': {
    title: 'The code was not read',
    lead: (peer) =>
      `You said that ${device(peer)} didn’t say that it worked, so Drawbridge has stopped. Nothing was confirmed.`,
  },
  cancelled: {
    title: 'You stopped it',
    lead: () => `${unchanged} You can ask again at any time.`,
  },
  'cancelled-there': {
    title: 'It was stopped on the other device',
    lead: (peer) => `Somebody chose to stop on ${device(peer)}. ${unchanged}`,
  },
  'answered-elsewhere': {
    title: 'Another device answered',
    lead: () => 'One of your other devices has taken this up, so there is nothing left to do for it here.',
  },
  'timed-out': {
    title: 'It took too long',
    lead: () =>
      `A question like this only lasts a few minutes. ${unchanged} Ask again when you have both devices at hand.`,
  },
  'no-common-way': {
    title: 'The devices found no common way',
    lead: (peer) =>
      `Drawbridge and ${device(peer)} can’t do the same things. ${unchanged} A newer Beeper there may help, or another way.`,
  },
  gone: {
    title: 'Beeper no longer knows of it',
    lead: () =>
      'It took too long, or Beeper was restarted. If you had both said yes, wait a moment: it may still count. If not, ask again.',
  },
  error: {
    title: 'It ended by itself',
    lead: () => `Something between the two devices did not work. ${unchanged}`,
  },
}
